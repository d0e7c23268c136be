//! Workflows in the store: their versions, the runs of leads, and the actions that runs have taken.

use crate::{Cursor, StoreError};
use knock_model::{Category, LeadId, Millis, NudgeId, RepId, SiteId, VisitorId, WorkflowId};
use knock_wire::{NudgeCounts, StepContent, WorkflowDraft, WorkflowSettings, WorkflowState};
use knock_workflow::{Effect, Entry, Lead, Refusal, RefusalReason, Run, RunKey, RunState};
use std::collections::BTreeMap;

/// A workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredWorkflow {
    pub id: WorkflowId,
    /// Its place in the order of the workflows.
    pub position: u32,
    pub state: WorkflowState,
    /// The number of its newest version, from 1.
    pub version: u32,
}

/// A version of a workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredVersion {
    pub workflow: WorkflowId,
    pub number: u32,
    /// What it says; its definition has the id of the workflow.
    pub draft: WorkflowDraft,
    pub saved_at: Millis,
    /// The member who saved it; none for a program and for the server itself.
    pub saved_by: Option<RepId>,
}

/// The numbers of leads by workflow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunCounts {
    /// Runs by `active`, `finished` and `stopped`.
    pub states: BTreeMap<String, u64>,
    /// Refused enrolments by reason.
    pub refused: BTreeMap<String, u64>,
}

/// What the steps of a workflow did, in all of its runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunSteps {
    /// Active runs by the step that they wait at.
    pub waiting: BTreeMap<String, u64>,
    /// Log entries by step, outcome and reason (empty without one).
    pub entries: BTreeMap<(String, String, String), u64>,
    /// Nudges by step.
    pub nudges: BTreeMap<String, NudgeCounts>,
}

/// Which runs of a workflow a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunQuery {
    pub lead: Option<LeadId>,
    /// `active`, `finished` or `stopped`.
    pub state: Option<&'static str>,
}

/// A run of a lead, with its whole log.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadRun {
    pub lead: LeadId,
    pub run: Run,
}

/// The refusals of a lead by a workflow for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLead {
    pub lead: LeadId,
    pub workflow: String,
    pub reason: RefusalReason,
    pub count: u64,
    /// The last one.
    pub last_at: Millis,
}

/// A nudge for the browsers of a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Nudge {
    pub id: NudgeId,
    pub lead: LeadId,
    /// The run, the step and the visit that it is of.
    pub run: RunKey,
    pub step: String,
    pub visit: u32,
    /// A [`StepContent::Nudge`], as its version says.
    pub content: StepContent,
    pub ready_at: Millis,
    /// From then on it is not shown for the first time any more.
    pub expires_at: Millis,
    /// The instant at which a page showed it first, and the address of the page.
    pub shown_at: Option<Millis>,
    pub url: String,
    pub clicked_at: Option<Millis>,
    pub closed_at: Option<Millis>,
    /// The instant of its withdrawal before it was shown (`not_shown`).
    pub withdrawn_at: Option<Millis>,
}

impl Nudge {
    /// Whether a page shows it at an instant: until it is clicked or closed, and for the first time before it expires.
    pub fn is_open(&self, now: Millis) -> bool {
        let has_ended = self.clicked_at.is_some() || self.closed_at.is_some() || self.withdrawn_at.is_some();
        !has_ended && (self.shown_at.is_some() || now < self.expires_at)
    }
}

/// Writing workflows.
pub trait WorkflowLedger {
    /// Stores a workflow, new or known.
    fn save_workflow(&mut self, workflow: &StoredWorkflow, now: Millis) -> Result<(), StoreError>;

    /// Stores a new version of a workflow.
    fn append_workflow_version(&mut self, version: &StoredVersion) -> Result<(), StoreError>;

    /// Stores the cap and the quiet hours of the workspace.
    fn save_workflow_settings(&mut self, settings: &WorkflowSettings) -> Result<(), StoreError>;

    /// Stores what is known of a lead between events, without the signals.
    fn save_workflow_lead(&mut self, lead: LeadId, known: &Lead) -> Result<(), StoreError>;

    /// Stores a new run, without its log. A second active run of the lead in the workflow is an error of the store (WF-E3).
    fn begin_run(&mut self, lead: LeadId, run: &Run) -> Result<(), StoreError>;

    /// Stores another state, and another version, of a run.
    fn save_run_state(&mut self, lead: LeadId, run: &RunKey, version: u32, state: &RunState) -> Result<(), StoreError>;

    /// Gives runs of a lead other numbers, before a merge brings in those of another one. No two runs of a workflow get the
    /// same number.
    fn renumber_runs(&mut self, lead: LeadId, numbers: &[(RunKey, u32)]) -> Result<(), StoreError>;

    /// Adds an entry to the log of a run.
    fn append_run_entry(&mut self, lead: LeadId, run: &RunKey, entry: &Entry) -> Result<(), StoreError>;

    /// Counts a refusal.
    fn note_refusal(&mut self, lead: LeadId, refusal: &Refusal) -> Result<(), StoreError>;

    /// Stores that an action was taken; false if it is stored already: it is taken once for a run, step and visit.
    fn claim_effect(&mut self, lead: LeadId, effect: &Effect) -> Result<bool, StoreError>;

    /// Stores why an action that was done could not be carried out, such as a channel that is gone.
    fn note_failed_effect(&mut self, lead: LeadId, effect: &Effect, reason: &str) -> Result<(), StoreError>;

    /// Stores a nudge, new or known.
    fn save_nudge(&mut self, nudge: &Nudge) -> Result<(), StoreError>;

    /// Stores that a lead gets no mails of workflows any more.
    fn stop_workflow_mail(&mut self, lead: LeadId, at: Millis) -> Result<(), StoreError>;

    /// Removes that a lead gets none.
    fn allow_workflow_mail(&mut self, lead: LeadId) -> Result<(), StoreError>;
}

/// Reading workflows.
pub trait WorkflowView {
    /// All workflows in their order, archived ones last.
    fn workflows(&self) -> Result<Vec<StoredWorkflow>, StoreError>;

    /// The newest version of each workflow.
    fn newest_workflow_versions(&self) -> Result<Vec<StoredVersion>, StoreError>;

    /// The older versions that active runs are on.
    fn workflow_versions_in_use(&self) -> Result<Vec<StoredVersion>, StoreError>;

    /// All versions of a workflow, newest first, each with the number of active runs on it.
    fn workflow_versions(&self, id: WorkflowId) -> Result<Vec<(StoredVersion, u64)>, StoreError>;

    /// The cap and the quiet hours of the workspace.
    fn workflow_settings(&self) -> Result<WorkflowSettings, StoreError>;

    /// What is known of a lead, without the signals; none before the first event.
    fn workflow_lead(&self, lead: LeadId) -> Result<Option<Lead>, StoreError>;

    /// Whether a lead has an active run.
    fn has_active_run(&self, lead: LeadId) -> Result<bool, StoreError>;

    /// The runs of a lead that decide what comes next: the active ones, with their logs, and the newest of each workflow,
    /// in the order in which they began.
    fn newest_runs_of_lead(&self, lead: LeadId) -> Result<Vec<Run>, StoreError>;

    /// All runs of a lead in the order in which they began; the logs of active ones are whole, those of others empty
    /// unless `with_logs`.
    fn runs_of_lead(&self, lead: LeadId, with_logs: bool) -> Result<Vec<Run>, StoreError>;

    /// The signals of a lead in order of arrival, numbered as events (`docs/workflows.md`): those with an instant from
    /// `from` on.
    fn workflow_signals(&self, lead: LeadId, from: Millis) -> Result<Vec<knock_workflow::Signal>, StoreError>;

    /// The same of a browser without a lead, and only those of some categories if any is named; their numbers are in order.
    fn workflow_signals_of_browser(
        &self,
        site: SiteId,
        visitor: VisitorId,
        from: Millis,
        categories: &[Category],
    ) -> Result<Vec<knock_workflow::Signal>, StoreError>;

    /// A page of the runs of a workflow with their logs, newest first; the place of one is its enrolment and the id of its
    /// lead.
    fn runs(
        &self,
        id: WorkflowId,
        query: RunQuery,
        before: Option<Cursor>,
        limit: u32,
    ) -> Result<Vec<LeadRun>, StoreError>;

    /// The leads with an active run of a workflow, with the number and the version of the run, by id from `past` on.
    fn leads_inside(
        &self,
        id: WorkflowId,
        past: Option<LeadId>,
        limit: u32,
    ) -> Result<Vec<(LeadId, u32, u32)>, StoreError>;

    /// The runs and the refusals of every workflow.
    fn run_counts(&self) -> Result<BTreeMap<WorkflowId, RunCounts>, StoreError>;

    /// What the steps of a workflow did.
    fn run_steps(&self, id: WorkflowId) -> Result<RunSteps, StoreError>;

    /// The refusals of a lead.
    fn refusals_of(&self, lead: LeadId) -> Result<Vec<RefusedLead>, StoreError>;

    /// The actions of a lead's runs that could not be carried out, with the reason.
    fn failed_effects(&self, lead: LeadId) -> Result<Vec<(RunKey, String, u32, String)>, StoreError>;

    /// One nudge.
    fn nudge(&self, id: NudgeId) -> Result<Option<Nudge>, StoreError>;

    /// All nudges of a lead, oldest first.
    fn nudges_of(&self, lead: LeadId) -> Result<Vec<Nudge>, StoreError>;

    /// The nudges of a lead that were not clicked, closed or withdrawn, oldest first; one of them can have expired.
    fn open_nudges(&self, lead: LeadId) -> Result<Vec<Nudge>, StoreError>;

    /// The oldest instant at which a step of any active run is due.
    fn oldest_due_step(&self) -> Result<Option<Millis>, StoreError>;

    /// When a lead stopped mails of workflows.
    fn workflow_mail_stopped_at(&self, lead: LeadId) -> Result<Option<Millis>, StoreError>;
}
