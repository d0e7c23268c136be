//! Leads in workflows, and why.

use crate::ContactRef;
#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, WorkflowIdSchema};
use knock_model::{Millis, WorkflowId};
use serde::{Deserialize, Serialize};

/// `GET /api/v1/workflows/{id}/runs`, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunList {
    /// A page of them.
    pub runs: Vec<RunRow>,
    /// The cursor of the next page; none on the last one.
    #[serde(default)]
    pub next: Option<String>,
}

/// A run of a lead through a workflow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunRow {
    /// The lead.
    pub contact: ContactRef,
    /// The number of the run among those of the lead in this workflow, from 1.
    pub number: u32,
    /// The version that it runs on.
    pub version: u32,
    /// The cause of the enrolment, as a phrase: `page view of pricing`.
    pub cause: String,
    /// The instant of the enrolment, in ms since 1970.
    pub enrolled_at: Millis,
    /// `active`, `finished` or `stopped`.
    pub state: String,
    /// Why it was stopped, as a phrase; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Where it waits; none once it has ended.
    #[serde(default)]
    pub waits: Option<RunWaits>,
    /// What its steps did, oldest first.
    pub log: Vec<RunEntry>,
}

/// Where a run waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunWaits {
    /// The id of the step.
    pub step: String,
    /// The kind of the step: `wait`, `wait_until`, `wait_for`, or an action such as `nudge` that is put off; empty if the
    /// version is gone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The instant at which its time is up, in ms since 1970.
    pub until: Millis,
}

/// What a step of a run did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunEntry {
    /// The id of the step.
    pub step: String,
    /// The kind of the step: `wait`, `wait_until`, `wait_for`, `branch`, `stop`, or an action such as `nudge`; empty if the
    /// version is gone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// `waited`, `happened`, `timed_out`, `then`, `else`, `stopped`, `done`, `skipped` or `deferred`.
    pub outcome: String,
    /// Why it was skipped or deferred; for an action that could not be carried out, why; `not_shown` for a nudge that was
    /// withdrawn before a page showed it. Empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The end of the quiet time of a deferred action, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
}

/// `GET /api/v1/contacts/{id}/workflows`: each workflow with what the lead did in it, or why they are not in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadWorkflows {
    /// Those with runs first, then those that refused, then the others that are on.
    pub workflows: Vec<LeadWorkflow>,
}

/// A workflow and a lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeadWorkflow {
    /// The workflow.
    pub id: WorkflowId,
    /// Its name.
    pub name: String,
    /// The runs of the lead, newest first.
    pub runs: Vec<RunRow>,
    /// The last refusal: `disabled`, `stale`, `spam`, `rejected`, `consent`, `active`, `already`, `too_soon`, `conditions`;
    /// empty if there was none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub refused: String,
    /// Its instant, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_at: Option<Millis>,
}
