//! Stops the run of a lead through a workflow.

use super::{newest, of_workflow};
use crate::audited::{Change, Note};
use crate::changes::Changes;
use crate::happened::Happened;
use knock_model::{AuditAction, LeadId, Millis, RepId, WorkflowId};
use knock_ports::{Ledger, StoreError};
use serde_json::json;

/// Stops the active run of a lead.
#[derive(Clone, Copy, Debug)]
pub struct StopRun {
    pub workflow: WorkflowId,
    pub lead: LeadId,
    pub by: Option<RepId>,
    pub now: Millis,
}

impl Change for StopRun {
    /// Whether there is an active run.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let StopRun { workflow, by, now, .. } = *self;
        // The lead can have been merged into another one meanwhile.
        let lead = ledger.merged_into(self.lead)?;
        let Some((_, version)) = newest(ledger, workflow)? else { return Ok((false, None)) };
        let (id, runs) = (workflow.to_string(), ledger.runs_of_lead(lead, false)?);
        let Some(run) = runs.iter().find(|run| run.workflow == id && run.is_active()) else {
            return Ok((false, None));
        };
        changes.happened(now, Happened::RunsStopped { workflow, lead: Some(lead), by });
        let note = Note::new(AuditAction::WorkflowRunStopped, of_workflow(workflow, &version.draft.name));
        Ok((true, Some(note.about(lead).with(json!({"run": run.number})))))
    }
}
