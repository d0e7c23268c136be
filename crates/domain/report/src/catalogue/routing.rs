//! Decisions of routing.

use super::NO_SPAM;
use crate::condition::Condition;
use crate::dimension::Dimension as By;
use crate::metric::{Aggregator, Anchor, Better, Metric, Unit};
use crate::population::Population;
use crate::report::Report;

pub(super) static ROUTING: Report = Report {
    name: "routing",
    label: "Routing",
    definition: "Where decisions of routing led, and which members of pools they passed over. Grouped by \
                 rep, a row has the turns that a member got, and the times they were passed over.",
    metrics: &[
        &DECISIONS,
        &ASSIGNED_BY_TURN,
        &FALLBACKS,
        &FALLBACK_SHARE,
        &NONE_AVAILABLE,
        &NONE_SHARE,
        &TO_AGENT,
        &DISQUALIFIED,
        &UNBOOKABLE,
        &PASSED_OVER,
    ],
    groups: &[
        By::Segment,
        By::Rule,
        By::Rep,
        By::Reason,
        By::Score,
        By::Link,
        By::Site,
        By::Source,
        By::IntentType,
        By::Day,
        By::Week,
        By::Month,
        By::Hour,
        By::Weekday,
        By::WeekHour,
    ],
    anchors: &[],
};

const DECISION: Metric = Metric {
    name: "decisions",
    label: "Decisions",
    population: Population::Decisions,
    only: Condition::All,
    measured: "",
    anchors: &[Anchor::Happened],
    calendar: false,
    exclusions: "Decisions that wait for more to be known, such as an address, never count: the one that follows does. \
                 Leads marked as spam never count, and merged leads count once.",
    aggregator: Aggregator::Count,
    unit: Unit::Count,
    better: Better::Neither,
};

static DECISIONS: Metric = DECISION;

static ASSIGNED_BY_TURN: Metric =
    Metric { name: "assigned_by_turn", label: "Assigned by turn", only: Condition::ByTurn, ..DECISION };

static FALLBACKS: Metric = Metric {
    name: "fallbacks",
    label: "To the Fallback Segment",
    only: Condition::Fallback,
    better: Better::Lower,
    ..DECISION
};

static FALLBACK_SHARE: Metric = Metric {
    name: "fallback_share",
    label: "Share of the Fallback Segment",
    aggregator: Aggregator::Share(Condition::Fallback),
    unit: Unit::Percent,
    better: Better::Lower,
    ..DECISION
};

static NONE_AVAILABLE: Metric = Metric {
    name: "none_available",
    label: "No member available",
    only: Condition::NotAvailable,
    better: Better::Lower,
    ..DECISION
};

static NONE_SHARE: Metric = Metric {
    name: "none_available_share",
    label: "Share with no member available",
    aggregator: Aggregator::Share(Condition::NotAvailable),
    unit: Unit::Percent,
    better: Better::Lower,
    ..DECISION
};

static TO_AGENT: Metric = Metric { name: "to_agent", label: "To the AI agent", only: Condition::ToAgent, ..DECISION };

static DISQUALIFIED: Metric =
    Metric { name: "disqualified", label: "Disqualified", only: Condition::Disqualified, ..DECISION };

static UNBOOKABLE: Metric = Metric {
    name: "unbookable",
    label: "No calendar to offer",
    only: Condition::Unbookable,
    better: Better::Lower,
    ..DECISION
};

static PASSED_OVER: Metric = Metric {
    name: "passed_over",
    label: "Passed over",
    population: Population::Skips,
    exclusions: NO_SPAM,
    better: Better::Lower,
    ..DECISION
};
