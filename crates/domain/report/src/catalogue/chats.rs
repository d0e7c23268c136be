//! Chats, messages and the part of the agent in them.

use super::NO_SPAM;
use crate::condition::Condition;
use crate::metric::{Aggregator, Anchor, Better, Metric, Unit};
use crate::population::{Author, Population};

const EPISODES: Metric = Metric {
    name: "chats",
    label: "Chats",
    population: Population::Episodes,
    only: Condition::All,
    measured: "",
    anchors: &[Anchor::Happened],
    calendar: false,
    exclusions: NO_SPAM,
    aggregator: Aggregator::Count,
    unit: Unit::Count,
    better: Better::Neither,
};

pub(super) static CHATS: Metric = EPISODES;

pub(super) static AGENT_ALONE: Metric = Metric {
    name: "agent_alone",
    label: "Handled by the agent alone",
    only: Condition::Alone,
    better: Better::Higher,
    ..EPISODES
};

pub(super) static HANDED_OVER: Metric =
    Metric { name: "handed_over", label: "Handed over to a person", only: Condition::HandedOver, ..EPISODES };

pub(super) static AGENT_ALONE_SHARE: Metric = Metric {
    name: "agent_alone_share",
    label: "Share handled alone",
    aggregator: Aggregator::Share(Condition::Alone),
    unit: Unit::Percent,
    better: Better::Higher,
    ..EPISODES
};

pub(super) static AGENT_TIME: Metric = Metric {
    name: "agent_time",
    label: "Time of chats handled alone",
    only: Condition::Alone,
    measured: "the time from the first message of the lead to the last message",
    aggregator: Aggregator::Sum,
    unit: Unit::Minutes,
    better: Better::Higher,
    ..EPISODES
};

pub(super) static AGENT_UNANSWERED: Metric = Metric {
    name: "agent_unanswered",
    label: "Questions without an answer",
    population: Population::Questions,
    better: Better::Lower,
    ..EPISODES
};

pub(super) static AGENT_MESSAGES: Metric = Metric {
    name: "agent_messages",
    label: "Messages of the agent",
    population: Population::Messages(Author::Agent),
    ..EPISODES
};

pub(super) static MESSAGES_SENT: Metric =
    Metric { name: "messages_sent", label: "Messages sent", population: Population::Messages(Author::Rep), ..EPISODES };

const REJECTIONS: Metric = Metric {
    name: "rejected",
    label: "Rejected",
    population: Population::Rejections,
    better: Better::Lower,
    ..EPISODES
};

pub(super) static REJECTED: Metric = REJECTIONS;

pub(super) static REJECTED_BY_AGENT: Metric = Metric {
    name: "rejected_by_agent",
    label: "Rejected by the agent",
    only: Condition::ByAgent,
    better: Better::Neither,
    ..REJECTIONS
};
