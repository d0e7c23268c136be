//! Runs of workflows and their steps.

use super::NO_SPAM;
use crate::condition::Condition;
use crate::dimension::Dimension as By;
use crate::metric::{Aggregator, Anchor, Better, Metric, Unit};
use crate::population::Population;
use crate::report::Report;

pub(super) static WORKFLOWS: Report = Report {
    name: "workflows",
    label: "Workflows",
    definition: "What became of runs of workflows, and of their steps. Runs have no step: grouped by step they are in \
                 the row without one.",
    metrics: &[&ENROLLED, &RUNNING, &COMPLETED, &STOPPED, &STEPS_DONE, &STEPS_SKIPPED, &RUN_TIME_MEDIAN],
    groups: &[By::Workflow, By::Step, By::Reason, By::Day, By::Week, By::Month, By::Source, By::IntentType],
    anchors: &[],
};

const RUN: Metric = Metric {
    name: "enrolled",
    label: "Enrolled",
    population: Population::Runs,
    only: Condition::All,
    measured: "",
    anchors: &[Anchor::Happened],
    calendar: false,
    exclusions: "All figures of a run count when the lead was enrolled. Leads marked as spam never count, and merged \
                 leads count once.",
    aggregator: Aggregator::Count,
    unit: Unit::Count,
    better: Better::Neither,
};

static ENROLLED: Metric = RUN;

static RUNNING: Metric = Metric { name: "running", label: "Running", only: Condition::Lasting, ..RUN };

static COMPLETED: Metric = Metric { name: "completed", label: "Completed", only: Condition::Completed, ..RUN };

static STOPPED: Metric = Metric { name: "stopped", label: "Stopped", only: Condition::Stopped, ..RUN };

const STEP: Metric = Metric {
    name: "steps_done",
    label: "Steps done",
    population: Population::Steps,
    only: Condition::Done,
    exclusions: NO_SPAM,
    ..RUN
};

static STEPS_DONE: Metric = STEP;

static STEPS_SKIPPED: Metric =
    Metric { name: "steps_skipped", label: "Steps left out", only: Condition::LeftOut, better: Better::Lower, ..STEP };

static RUN_TIME_MEDIAN: Metric = Metric {
    name: "run_time_median",
    label: "Enrolment to end, median",
    only: Condition::Completed,
    measured: "the time from the enrolment to the last step",
    aggregator: Aggregator::Median,
    unit: Unit::Minutes,
    ..RUN
};
