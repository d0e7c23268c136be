//! Switches a workflow on and off, and archives it.

use super::{changed, inside, newest, of_workflow, word};
use crate::audited::{Change, Note};
use crate::changes::Changes;
use knock_model::{AuditAction, Millis, RepId, WorkflowId};
use knock_ports::{Ledger, StoreError, StoredWorkflow};
use knock_wire::{Inside, WorkflowState};
use serde_json::json;

/// Switches a workflow on or off; an archived one is in use again.
#[derive(Clone, Copy, Debug)]
pub struct SetWorkflowState {
    pub id: WorkflowId,
    pub enabled: bool,
    /// What becomes of the leads inside; without it, they go on.
    pub inside: Option<Inside>,
    pub by: Option<RepId>,
    pub now: Millis,
}

impl Change for SetWorkflowState {
    /// Whether there is such a workflow.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let state = if self.enabled { WorkflowState::On } else { WorkflowState::Off };
        let to = To { id: self.id, state, inside: self.inside, by: self.by, now: self.now };
        to.set(ledger, changes, AuditAction::WorkflowStateChanged)
    }
}

/// Archives a workflow: it is kept for its history.
#[derive(Clone, Copy, Debug)]
pub struct ArchiveWorkflow {
    pub id: WorkflowId,
    /// What becomes of the leads inside; without it, they go on to the end.
    pub inside: Option<Inside>,
    pub by: Option<RepId>,
    pub now: Millis,
}

impl Change for ArchiveWorkflow {
    /// Whether there is such a workflow.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let to = To { id: self.id, state: WorkflowState::Archived, inside: self.inside, by: self.by, now: self.now };
        to.set(ledger, changes, AuditAction::WorkflowArchived)
    }
}

struct To {
    id: WorkflowId,
    state: WorkflowState,
    inside: Option<Inside>,
    by: Option<RepId>,
    now: Millis,
}

impl To {
    fn set(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        action: AuditAction,
    ) -> Result<(bool, Option<Note>), StoreError> {
        let To { id, state, by, now, .. } = *self;
        let Some((workflow, version)) = newest(ledger, id)? else { return Ok((false, None)) };
        // Those inside are asked about when a workflow ends, not when it begins.
        let ends = state != WorkflowState::On;
        let inside = self.inside.filter(|inside| ends && *inside != Inside::Finish).map(|what| {
            let inside = inside(ledger, id)?;
            Ok::<_, StoreError>((what, inside))
        });
        let inside = inside.transpose()?.filter(|(_, inside)| *inside > 0);
        if workflow.state == state && inside.is_none() {
            return Ok((true, None));
        }
        ledger.save_workflow(&StoredWorkflow { state, ..workflow }, now)?;
        changed(ledger, changes, now, (id, inside.map(|(what, _)| what), by))?;
        let (before, mut after) = (json!({"state": word(workflow.state)}), json!({"state": word(state)}));
        if let Some((Inside::Stop, stopped)) = inside {
            after["stopped"] = stopped.into();
        }
        let note = Note::new(action, of_workflow(id, &version.draft.name)).changed(before, after);
        Ok((true, Some(note)))
    }
}
