//! Waits of leads for a person.

use super::NO_SPAM;
use crate::condition::Condition;
use crate::metric::{Aggregator, Anchor, Better, Metric, Unit};
use crate::population::Population;

/// What was not answered has no other instant.
const ASKED: &[Anchor] = &[Anchor::Asked];
const BOTH: &[Anchor] = &[Anchor::Asked, Anchor::Answered];

const REPLIES: Metric = Metric {
    name: "first_replies",
    label: "First replies awaited",
    population: Population::FirstReplies,
    only: Condition::All,
    measured: "",
    anchors: ASKED,
    calendar: false,
    exclusions: NO_SPAM,
    aggregator: Aggregator::Count,
    unit: Unit::Count,
    better: Better::Neither,
};

pub(super) static FIRST_REPLIES: Metric = REPLIES;

pub(super) static FIRST_REPLIES_ANSWERED: Metric = Metric {
    name: "first_replies_answered",
    label: "First replies given",
    only: Condition::Answered,
    anchors: BOTH,
    better: Better::Higher,
    ..REPLIES
};

const FIRST_REPLY: Metric = Metric {
    name: "first_reply_median",
    label: "First reply, median",
    only: Condition::Answered,
    measured: "the time from the assignment, or the message of the lead after it, to the answer of a person",
    anchors: BOTH,
    calendar: true,
    aggregator: Aggregator::Median,
    unit: Unit::Minutes,
    better: Better::Lower,
    ..REPLIES
};

pub(super) static FIRST_REPLY_MEDIAN: Metric = FIRST_REPLY;

pub(super) static FIRST_REPLY_P90: Metric = Metric {
    name: "first_reply_p90",
    label: "First reply, 90th percentile",
    aggregator: Aggregator::P90,
    ..FIRST_REPLY
};

pub(super) static FIRST_REPLY_MEAN: Metric =
    Metric { name: "first_reply_mean", label: "First reply, mean", aggregator: Aggregator::Mean, ..FIRST_REPLY };

pub(super) static WITHIN_TWO_MINUTES: Metric = Metric {
    name: "within_two_minutes",
    label: "Answered within two minutes",
    only: Condition::Decided,
    anchors: BOTH,
    calendar: true,
    aggregator: Aggregator::Share(Condition::InTwoMinutes),
    unit: Unit::Percent,
    better: Better::Higher,
    ..REPLIES
};

pub(super) static UNANSWERED: Metric = Metric {
    name: "unanswered",
    label: "First replies not given",
    only: Condition::Unanswered,
    better: Better::Lower,
    ..REPLIES
};

const WAITS: Metric =
    Metric { name: "later_waits", label: "Later waits", population: Population::LaterWaits, ..REPLIES };

pub(super) static LATER_WAITS: Metric = WAITS;

const LATER: Metric = Metric {
    name: "later_median",
    label: "Later wait, median",
    population: Population::LaterWaits,
    measured: "the time from the first message without an answer to the answer of a person",
    ..FIRST_REPLY
};

pub(super) static LATER_MEDIAN: Metric = LATER;

pub(super) static LATER_P90: Metric =
    Metric { name: "later_p90", label: "Later wait, 90th percentile", aggregator: Aggregator::P90, ..LATER };

pub(super) static LATER_MEAN: Metric =
    Metric { name: "later_mean", label: "Later wait, mean", aggregator: Aggregator::Mean, ..LATER };

pub(super) static LATER_UNANSWERED: Metric = Metric {
    name: "later_unanswered",
    label: "Later waits without answer",
    only: Condition::Unanswered,
    better: Better::Lower,
    ..WAITS
};
