//! Writes to a CRM.

use crate::condition::Condition;
use crate::dimension::Dimension as By;
use crate::metric::{Aggregator, Anchor, Better, Metric, Unit};
use crate::population::Population;
use crate::report::Report;

pub(super) static CRM: Report = Report {
    name: "crm",
    label: "CRM Sync",
    definition: "What was written to the CRM, how late, and what was given up.",
    metrics: &[&CRM_WRITES, &CRM_GIVEN_UP, &CRM_DELAY_MEDIAN, &CRM_DELAY_P90],
    groups: &[By::Crm, By::Cause, By::Day, By::Week, By::Month, By::Hour],
    anchors: &[],
};

const WRITE: Metric = Metric {
    name: "crm_writes",
    label: "Written",
    population: Population::Writes,
    only: Condition::Written,
    measured: "",
    anchors: &[Anchor::Happened],
    calendar: false,
    exclusions: "All figures of a write count at the change that caused it. Writes of companies and of timelines never \
                 count; one that was given up counts for as long as it is listed, and until a retry is accepted. Leads \
                 marked as spam never count, and merged leads count once.",
    aggregator: Aggregator::Count,
    unit: Unit::Count,
    better: Better::Neither,
};

static CRM_WRITES: Metric = WRITE;

static CRM_GIVEN_UP: Metric =
    Metric { name: "crm_given_up", label: "Given up", only: Condition::GivenUp, better: Better::Lower, ..WRITE };

const DELAY: Metric = Metric {
    name: "crm_delay_median",
    label: "Change to CRM, median",
    measured: "the time from the change that caused it to the instant at which the CRM accepted it",
    aggregator: Aggregator::Median,
    unit: Unit::Minutes,
    better: Better::Lower,
    ..WRITE
};

static CRM_DELAY_MEDIAN: Metric = DELAY;

static CRM_DELAY_P90: Metric =
    Metric { name: "crm_delay_p90", label: "Change to CRM, 90th percentile", aggregator: Aggregator::P90, ..DELAY };
