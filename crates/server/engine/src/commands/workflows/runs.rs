//! Stops the run of a lead through a workflow.

use super::{newest, of_workflow, stopper};
use crate::audited::{Change, Note};
use crate::changes::Changes;
use crate::workflow_runs::stop_run;
use knock_model::{AuditAction, LeadId, Millis, RepId, WorkflowId};
use knock_ports::{Ledger, StoreError};

/// Stops the active run of a lead.
#[derive(Clone, Copy, Debug)]
pub struct StopRun {
    pub workflow: WorkflowId,
    pub lead: LeadId,
    pub by: Option<RepId>,
    pub now: Millis,
}

impl Change for StopRun {
    /// Whether there was an active run.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let StopRun { workflow, by, now, .. } = *self;
        // The lead can have been merged into another one meanwhile.
        let lead = ledger.merged_into(self.lead)?;
        let Some((_, version)) = newest(ledger, workflow)? else { return Ok((false, None)) };
        let is_stopped = stop_run(ledger, lead, workflow, stopper(by), now, changes)?;
        let note = Note::new(AuditAction::WorkflowRunStopped, of_workflow(workflow, &version.draft.name));
        Ok((is_stopped, is_stopped.then(|| note.about(lead))))
    }
}
