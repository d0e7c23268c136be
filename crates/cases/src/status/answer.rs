//! The JSON of an answer.

use crate::instant;
use knock_model::Millis;
use knock_status::{Cause, Fact};
use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Serialize)]
pub(crate) struct Answer {
    pub(super) timeline: Vec<Step>,
    #[serde(rename = "final")]
    pub(super) last: Last,
    #[serde(serialize_with = "instant::write_maybe")]
    pub(super) next_change_at: Option<Millis>,
}

#[derive(Serialize)]
pub(super) struct Step {
    #[serde(serialize_with = "instant::write")]
    pub(super) at: Millis,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<&'static str>,
    pub(super) cause: String,
}

#[derive(Serialize)]
pub(super) struct Last {
    pub(super) status: Option<&'static str>,
    pub(super) owner: Option<&'static str>,
    pub(super) fields: Map<String, Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) flags: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) in_reports: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<Why>,
}

#[derive(Serialize)]
pub(super) struct Why {
    pub(super) rule: &'static str,
    pub(super) cause: String,
    #[serde(serialize_with = "instant::write")]
    pub(super) since: Millis,
}

/// `event:ID` or `timer:NAME`.
pub(super) fn cause<Event, Timer: Copy>(
    cause: Cause<Timer>,
    facts: &[&Fact<String, Event>],
    name: fn(Timer) -> &'static str,
) -> String {
    match cause {
        Cause::Fact(place) => format!("event:{}", facts.get(place).map_or("", |fact| &fact.id)),
        Cause::Timer(timer) => format!("timer:{}", name(timer)),
    }
}
