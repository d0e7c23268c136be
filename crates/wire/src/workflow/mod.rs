//! `/api/v1/workflows`: what is done for which lead, and when.

mod asks;
mod content;
mod dry_run;
mod run;
mod settings;
mod webhooks;

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, WorkflowIdSchema, WorkflowSchema};
pub use asks::{WorkflowPosition, WorkflowRestore, WorkflowRunStop, WorkflowTestMail};
pub use content::{NudgeButton, NudgeOpens, StepContent};
pub use dry_run::{DryRun, DryRunAction, DryRunAsk, DryRunLead, DryRunRefused};
use knock_model::{Millis, WorkflowId};
use knock_workflow::Workflow;
pub use run::{LeadWorkflow, LeadWorkflows, RunEntry, RunList, RunRow, RunWaits};
use serde::{Deserialize, Serialize};
pub use settings::WorkflowSettings;
use std::collections::BTreeMap;
pub use webhooks::{WorkflowWebhook, WorkflowWebhooks};

/// A workflow as a manager saves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkflowDraft {
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// Trigger, conditions and steps (`docs/workflows.md`); `id` and `enabled` are set by the server.
    #[cfg_attr(feature = "openapi", schema(value_type = WorkflowSchema))]
    pub definition: Workflow,
    /// What each action says or does, by the id of its step.
    #[serde(default)]
    pub contents: BTreeMap<String, StepContent>,
}

/// `PUT /api/v1/workflows/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkflowChange {
    /// The next version.
    pub draft: WorkflowDraft,
    /// What becomes of the leads inside; without it, a change with leads inside is refused with their number.
    #[serde(default)]
    pub inside: Option<Inside>,
}

/// `PUT /api/v1/workflows/{id}/state`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkflowStateChange {
    /// Whether it enrols leads from now on.
    pub enabled: bool,
    /// What becomes of the leads inside when it is switched off; `finish` without it.
    #[serde(default)]
    pub inside: Option<Inside>,
}

/// What becomes of the leads inside a workflow that is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Inside {
    /// They go on in the version that they are in.
    Finish,
    /// They go on in the new version, by the ids of its steps.
    Move,
    /// They are stopped.
    Stop,
}

/// The state of a workflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WorkflowState {
    /// It enrols no lead; leads inside go on.
    #[default]
    Off,
    /// It enrols leads.
    On,
    /// It is kept for its history.
    Archived,
}

/// `GET /api/v1/workflows`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowList {
    /// In their order, in which they react to an event; archived ones last.
    pub workflows: Vec<WorkflowRow>,
    /// The cap and the quiet hours of the workspace.
    pub settings: WorkflowSettings,
}

/// A workflow in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowRow {
    /// Its id.
    pub id: WorkflowId,
    /// Its name.
    pub name: String,
    /// Whether it enrols.
    pub state: WorkflowState,
    /// The number of its newest version, from 1.
    pub version: u32,
    /// The instant of saving that version, in ms since 1970.
    pub saved_at: Millis,
    /// The name of the member who saved it; none if no member did.
    #[serde(default)]
    pub saved_by: Option<String>,
    /// Its leads.
    pub counts: WorkflowCounts,
}

/// The leads of a workflow, in all versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct WorkflowCounts {
    /// All enrolments.
    pub enrolled: u64,
    /// Those inside now.
    pub active: u64,
    /// Those who went through to the end.
    pub finished: u64,
    /// Those who were stopped before it.
    pub stopped: u64,
    /// Refused enrolments, by reason.
    pub refused: BTreeMap<String, u64>,
}

/// `GET /api/v1/workflows/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowDetail {
    /// Its line in the list.
    #[serde(flatten)]
    pub row: WorkflowRow,
    /// Its newest version.
    pub draft: WorkflowDraft,
    /// What its steps did and how many leads wait there, by their ids.
    pub steps: BTreeMap<String, StepCounts>,
}

/// What a step did, in all runs of the workflow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct StepCounts {
    /// Leads who wait at it now.
    pub waiting: u64,
    /// By outcome: `waited`, `happened`, `timed_out`, `then`, `else`, `stopped`, `done`, `deferred`.
    pub outcomes: BTreeMap<String, u64>,
    /// Skipped actions, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Nudges that a page showed, that were clicked, and that were closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nudges: Option<NudgeCounts>,
}

/// What became of the nudges of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct NudgeCounts {
    /// Shown by a page.
    pub shown: u64,
    /// Followed by a click on a button.
    pub clicked: u64,
    /// Closed by the visitor.
    pub closed: u64,
    /// Withdrawn before a page showed them.
    pub not_shown: u64,
}

/// `GET /api/v1/workflows/{id}/versions`, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowVersions {
    /// All of them.
    pub versions: Vec<WorkflowVersion>,
}

/// A saved version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowVersion {
    /// Its number, from 1.
    pub version: u32,
    /// The instant of saving, in ms since 1970.
    pub saved_at: Millis,
    /// The name of the member who saved it; none if no member did.
    #[serde(default)]
    pub saved_by: Option<String>,
    /// The leads inside on this version.
    pub active: u64,
    /// What it says.
    pub draft: WorkflowDraft,
}

/// `GET /api/v1/workflows/templates`: drafts to begin with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowTemplates {
    /// In the order in which they are offered.
    pub templates: Vec<WorkflowTemplate>,
}

/// A draft to begin with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowTemplate {
    /// Its key, such as `pricing-no-chat`.
    pub key: String,
    /// What it is for, in one sentence.
    pub summary: String,
    /// The draft. Contents that the workspace has to choose, such as a channel, are empty.
    pub draft: WorkflowDraft,
}
