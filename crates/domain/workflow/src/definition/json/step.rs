//! `{"id", "wait": ..}` and the other steps.

use super::super::{Action, Awaited, Step, StepKind, Trigger, WaitFor};
use super::{span, span_maybe};
use crate::local::WaitUntil;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Millis;
use knock_routing::Condition;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const KINDS: &str = "expected exactly one of `wait`, `wait_until`, `wait_for`, `branch`, `do`, `stop`";

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepShape {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wait: Option<WaitShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wait_until: Option<WaitUntil>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wait_for: Option<WaitForShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    branch: Option<Condition>,
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "do")]
    act: Option<Action>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "only_true")]
    stop: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    then: Option<Vec<Step>>,
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "else")]
    otherwise: Option<Vec<Step>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "span_maybe")]
    expires_ms: Option<Millis>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitShape {
    #[serde(deserialize_with = "span")]
    for_ms: Millis,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitForShape {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event: Option<Trigger>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is: Option<Condition>,
    #[serde(deserialize_with = "span")]
    within_ms: Millis,
}

fn only_true<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    match Option::<bool>::deserialize(from)? {
        Some(false) => Err(D::Error::custom("expected true")),
        stop => Ok(stop),
    }
}

impl StepShape {
    fn step<E: Error>(self) -> Result<Step, E> {
        let is_branching = self.branch.is_some() || self.wait_for.is_some();
        if !is_branching && (self.then.is_some() || self.otherwise.is_some()) {
            return Err(E::custom("`then`, `else`: only a `branch` and a `wait_for` have them"));
        }
        if self.act.is_none() && self.expires_ms.is_some() {
            return Err(E::custom("`expires_ms`: only an action has it"));
        }
        let (then, otherwise) = (self.then.unwrap_or_default(), self.otherwise.unwrap_or_default());
        let kinds = [
            self.wait.map(|WaitShape { for_ms }| StepKind::Wait(for_ms)),
            self.wait_until.map(StepKind::WaitUntil),
            self.act.map(|action| StepKind::Act { action, expires: self.expires_ms }),
            self.stop.map(|_| StepKind::Stop),
        ];
        let mut kinds: Vec<StepKind> = kinds.into_iter().flatten().collect();
        match (self.wait_for, self.branch) {
            (Some(wait_for), None) => kinds.push(StepKind::WaitFor(wait_for.read(then, otherwise)?)),
            (None, Some(condition)) => kinds.push(StepKind::Branch { condition, then, otherwise }),
            (Some(_), Some(_)) => return Err(E::custom(KINDS)),
            (None, None) => {}
        }
        match (kinds.pop(), kinds.is_empty()) {
            (Some(kind), true) => Ok(Step { id: self.id, kind }),
            _ => Err(E::custom(KINDS)),
        }
    }
}

impl WaitForShape {
    fn read<E: Error>(self, then: Vec<Step>, otherwise: Vec<Step>) -> Result<WaitFor, E> {
        let awaited = match (self.event, self.is) {
            (Some(event), None) => Awaited::Event(event),
            (None, Some(is)) => Awaited::Condition(is),
            _ => return Err(E::custom("`wait_for`: expected exactly one of `event`, `is`")),
        };
        Ok(WaitFor { awaited, within: self.within_ms, then, otherwise })
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Step { id, kind } = self.clone();
        let none = StepShape { id, ..StepShape::default() };
        let shape = match kind {
            StepKind::Wait(for_ms) => StepShape { wait: Some(WaitShape { for_ms }), ..none },
            StepKind::WaitUntil(until) => StepShape { wait_until: Some(until), ..none },
            StepKind::WaitFor(WaitFor { awaited, within, then, otherwise }) => {
                let (event, is) = match awaited {
                    Awaited::Event(event) => (Some(event), None),
                    Awaited::Condition(is) => (None, Some(is)),
                };
                let wait_for = Some(WaitForShape { event, is, within_ms: within });
                StepShape { wait_for, then: Some(then), otherwise: Some(otherwise), ..none }
            }
            StepKind::Branch { condition, then, otherwise } => {
                StepShape { branch: Some(condition), then: Some(then), otherwise: Some(otherwise), ..none }
            }
            StepKind::Act { action, expires } => StepShape { act: Some(action), expires_ms: expires, ..none },
            StepKind::Stop => StepShape { stop: Some(true), ..none },
        };
        shape.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Step, D::Error> {
        StepShape::deserialize(from)?.step()
    }
}
