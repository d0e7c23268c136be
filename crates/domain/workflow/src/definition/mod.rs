//! What a workflow says. A version is never changed: an edit makes a new one.

mod check;
mod cursor;
#[cfg(feature = "serde")]
mod json;
mod parts;
mod step;
mod trigger;
mod versions;

use crate::local::Quiet;
use alloc::string::String;
use alloc::vec::Vec;
pub use check::InvalidWorkflow;
pub(crate) use cursor::Cursor;
use knock_model::Millis;
use knock_routing::Condition;
pub use step::{Action, Audience, Awaited, Step, StepKind, WaitFor};
pub use trigger::Trigger;
pub use versions::{Version, Versions};

/// A workflow: the leads that it enrols, and its steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Workflow {
    /// Its id, the same in all versions.
    pub id: String,
    /// Whether it enrols; runs go on when it is switched off.
    pub enabled: bool,
    /// The event that enrols the lead.
    pub trigger: Trigger,
    /// The condition on the lead at that instant.
    pub when: Option<Condition>,
    /// Whether a lead is enrolled again.
    pub again: Again,
    /// Events after the enrolment that stop a run (WF-S1).
    pub stop_when: Vec<Trigger>,
    /// The quiet hours of its actions to the lead (WF-A3).
    pub quiet: Option<Quiet>,
    /// The cap of its actions to the lead (WF-A4).
    pub cap: Option<Cap>,
    pub steps: Vec<Step>,
}

impl Workflow {
    /// The step with an id, also within another one.
    pub fn step(&self, id: &str) -> Option<&Step> {
        Cursor::at(&self.steps, id)?.step()
    }
}

/// Whether a lead that was enrolled before is enrolled again (WF-E3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Again {
    /// Never.
    #[default]
    Once,
    /// Whenever the trigger fires and no run is active.
    Always,
    /// So long after the last enrolment.
    AfterMs(#[cfg_attr(feature = "serde", serde(deserialize_with = "json::span"))] Millis),
}

/// The most actions to the lead, of all workflows together, in a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Cap {
    pub actions: u32,
    /// The span, which ends at the instant of the action.
    #[cfg_attr(feature = "serde", serde(rename = "within_ms", deserialize_with = "json::span"))]
    pub within: Millis,
}
