//! Times in statuses.

use super::NO_SPAM;
use crate::condition::Condition;
use crate::metric::{Aggregator, Anchor, Better, Metric, Unit};
use crate::population::Population;

const CHAT: Metric = Metric {
    name: "entered",
    label: "Entered a Chat Status",
    population: Population::ChatStatuses,
    only: Condition::All,
    measured: "",
    anchors: &[Anchor::Entered],
    calendar: false,
    exclusions: NO_SPAM,
    aggregator: Aggregator::Count,
    unit: Unit::Count,
    better: Better::Neither,
};

pub(super) static ENTERED: Metric = CHAT;

pub(super) static LEADS_NOW: Metric =
    Metric { name: "leads_now", label: "In it still", only: Condition::Lasting, ..CHAT };

const CHAT_TIME: Metric = Metric {
    name: "time_median",
    label: "Time in it, median",
    only: Condition::Over,
    measured: "the time until the next status",
    aggregator: Aggregator::Median,
    unit: Unit::Minutes,
    ..CHAT
};

pub(super) static TIME_MEDIAN: Metric = CHAT_TIME;

pub(super) static TIME_MEAN: Metric =
    Metric { name: "time_mean", label: "Time in it, mean", aggregator: Aggregator::Mean, ..CHAT_TIME };

const MEETING: Metric = Metric {
    name: "meeting_entered",
    label: "Entered a Meeting Status",
    population: Population::MeetingStatuses,
    ..CHAT
};

pub(super) static MEETING_ENTERED: Metric = MEETING;

pub(super) static MEETING_NOW: Metric =
    Metric { name: "meeting_now", label: "In that Meeting Status still", only: Condition::Lasting, ..MEETING };

pub(super) static MEETING_TIME_MEDIAN: Metric = Metric {
    name: "meeting_time_median",
    label: "Time in that Meeting Status, median",
    population: Population::MeetingStatuses,
    ..CHAT_TIME
};
