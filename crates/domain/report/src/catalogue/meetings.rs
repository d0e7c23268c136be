//! Meetings.

use crate::condition::Condition;
use crate::metric::{Aggregator, Anchor, Better, Metric, Unit};
use crate::population::Population;

/// What is known of a meeting when it begins belongs to that day.
const BY_START: &[Anchor] = &[Anchor::Start, Anchor::Booked];

const MEETINGS: Metric = Metric {
    name: "meetings_booked",
    label: "Meetings booked",
    population: Population::Meetings,
    only: Condition::All,
    measured: "",
    anchors: &[Anchor::Booked, Anchor::Start],
    calendar: false,
    exclusions: "Meetings of leads marked as spam never count, nor does one whose instant is still to come.",
    aggregator: Aggregator::Count,
    unit: Unit::Count,
    better: Better::Higher,
};

pub(super) static MEETINGS_BOOKED: Metric = MEETINGS;

pub(super) static MOVED: Metric =
    Metric { name: "moved", label: "Moved", only: Condition::Moved, better: Better::Lower, ..MEETINGS };

pub(super) static CANCELLED_BY_LEAD: Metric = Metric {
    name: "cancelled_by_lead",
    label: "Cancelled by the lead",
    only: Condition::CancelledByLead,
    better: Better::Lower,
    ..MEETINGS
};

pub(super) static CANCELLED_BY_REP: Metric = Metric {
    name: "cancelled_by_rep",
    label: "Cancelled by the team",
    only: Condition::CancelledByTeam,
    better: Better::Lower,
    ..MEETINGS
};

pub(super) static MEETINGS_HELD: Metric =
    Metric { name: "meetings_held", label: "Meetings held", only: Condition::Held, anchors: BY_START, ..MEETINGS };

pub(super) static NO_SHOW: Metric = Metric {
    name: "no_show",
    label: "Not attended",
    only: Condition::NoShow,
    anchors: BY_START,
    better: Better::Lower,
    ..MEETINGS
};

pub(super) static NO_SHOW_SHARE: Metric = Metric {
    name: "no_show_share",
    label: "Share not attended",
    only: Condition::Marked,
    anchors: BY_START,
    aggregator: Aggregator::Share(Condition::NoShow),
    unit: Unit::Percent,
    better: Better::Lower,
    ..MEETINGS
};

pub(super) static UNMARKED: Metric = Metric {
    name: "unmarked",
    label: "Over, not marked",
    only: Condition::Unmarked,
    anchors: BY_START,
    better: Better::Lower,
    ..MEETINGS
};

pub(super) static LEAD_TIME_MEDIAN: Metric = Metric {
    name: "lead_time_median",
    label: "Booking to start, median",
    measured: "the time from the booking to the begin",
    aggregator: Aggregator::Median,
    unit: Unit::Minutes,
    better: Better::Neither,
    ..MEETINGS
};
