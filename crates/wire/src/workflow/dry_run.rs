//! A draft over the leads of the last days, without sending anything.

use super::{RunRow, WorkflowDraft};
use crate::ContactRef;
#[cfg(feature = "openapi")]
use crate::schema::{LeadIdSchema, MillisSchema, WorkflowIdSchema};
use knock_model::{LeadId, Millis, WorkflowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /api/v1/workflows/dry-run`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DryRunAsk {
    /// The draft.
    pub draft: WorkflowDraft,
    /// The workflow that it is a draft of; none for a new one.
    #[serde(default)]
    pub workflow: Option<WorkflowId>,
    /// The days to look back, 1 to 90; 30 without it.
    #[serde(default)]
    pub days: Option<u32>,
    /// Only this lead, with all that happened.
    #[serde(default)]
    pub lead: Option<LeadId>,
}

/// The answer to a dry run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DryRun {
    /// The leads whose history was read.
    pub leads: u64,
    /// Those who would have been enrolled.
    pub enrolled: u64,
    /// What would have been done, by the ids of the steps.
    pub actions: Vec<DryRunAction>,
    /// Refusals by reason, with an example each; `never` are leads whose trigger did not fire.
    pub refused: Vec<DryRunRefused>,
    /// The first hundred leads who would have been enrolled, the newest first; with `lead`, that one.
    pub examples: Vec<DryRunLead>,
    /// Whether it would enrol every lead (WF-E4).
    pub is_everybody: bool,
}

/// What a step would have done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DryRunAction {
    /// The id of the step.
    pub step: String,
    /// The action, such as `nudge`.
    #[serde(rename = "do")]
    pub action: String,
    /// How often it would have been done.
    pub done: u64,
    /// How often it would have been skipped, by reason.
    pub skipped: BTreeMap<String, u64>,
}

/// Leads who would not have been enrolled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DryRunRefused {
    /// The reason.
    pub reason: String,
    /// Their number.
    pub leads: u64,
    /// One of them.
    pub example: Option<ContactRef>,
}

/// A lead of a dry run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DryRunLead {
    /// The lead.
    pub contact: ContactRef,
    /// Whether it is a browser without a record: the id of `contact` is of no contact.
    #[serde(default)]
    pub is_unnamed: bool,
    /// The runs that they would have had.
    pub runs: Vec<RunRow>,
    /// Why they would not have been enrolled, with the instant of each refusal; `never` without one.
    pub refused: Vec<(String, Option<Millis>)>,
}
