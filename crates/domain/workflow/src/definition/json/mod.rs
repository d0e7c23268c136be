//! Workflows in JSON, as interfaces, the store and cases spell them.

mod local;
mod step;
mod trigger;

use super::check::invalid;
use super::{Again, Cap, InvalidWorkflow, Step, Trigger, Workflow};
use crate::local::Quiet;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Millis;
use knock_routing::Condition;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest span of time in a workflow: a hundred years.
const LONGEST: Millis = Millis(36_525 * Millis::DAY.0);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkflowShape {
    // A server gives it: a draft may leave it out.
    #[serde(default)]
    id: String,
    #[serde(default = "yes")]
    enabled: bool,
    trigger: Trigger,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<Condition>,
    #[serde(default)]
    again: Again,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stop_when: Vec<Trigger>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quiet: Option<Quiet>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cap: Option<Cap>,
    steps: Vec<Step>,
}

const fn yes() -> bool {
    true
}

impl Serialize for Workflow {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Workflow { id, enabled, trigger, when, again, stop_when, quiet, cap, steps } = self.clone();
        WorkflowShape { id, enabled, trigger, when, again, stop_when, quiet, cap, steps }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Workflow {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Workflow, D::Error> {
        let shape = WorkflowShape::deserialize(from)?;
        let WorkflowShape { id, enabled, trigger, when, again, stop_when, quiet, cap, steps } = shape;
        check_ids("steps", &steps, &mut BTreeSet::new()).map_err(Error::custom)?;
        Ok(Workflow { id, enabled, trigger, when, again, stop_when, quiet, cap, steps })
    }
}

/// A step is found by its id: no two have the same.
fn check_ids<'s>(path: &str, steps: &'s [Step], ids: &mut BTreeSet<&'s str>) -> Result<(), InvalidWorkflow> {
    for (place, step) in steps.iter().enumerate() {
        if !ids.insert(&step.id) {
            return Err(invalid(format!("{path}[{place}].id"), "another step has this id"));
        }
        let [then, otherwise] = step.branches();
        check_ids(&format!("{path}[{place}].then"), then, ids)?;
        check_ids(&format!("{path}[{place}].else"), otherwise, ids)?;
    }
    Ok(())
}

/// Reads a span of milliseconds.
pub(super) fn span<'de, D: Deserializer<'de>>(from: D) -> Result<Millis, D::Error> {
    let span = Millis(i64::deserialize(from)?);
    if (Millis(0)..=LONGEST).contains(&span) {
        Ok(span)
    } else {
        Err(D::Error::custom(format!("expected 0 to {} milliseconds", LONGEST.0)))
    }
}

/// Reads a span of milliseconds, or null.
fn span_maybe<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Millis>, D::Error> {
    #[derive(Deserialize)]
    struct Read(#[serde(deserialize_with = "span")] Millis);
    Ok(Option::<Read>::deserialize(from)?.map(|Read(span)| span))
}
