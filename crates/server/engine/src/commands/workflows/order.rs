//! The order of the workflows, in which they react to an event.

use super::{changed, newest, of_workflow};
use crate::audited::{Change, Note};
use crate::changes::Changes;
use knock_model::{AuditAction, Millis, WorkflowId};
use knock_ports::{Ledger, StoreError, StoredWorkflow};
use knock_wire::WorkflowState;
use serde_json::json;

/// Moves a workflow to another place among those that are not archived.
#[derive(Clone, Copy, Debug)]
pub struct MoveWorkflow {
    pub id: WorkflowId,
    /// The place, from 1.
    pub position: u32,
    pub now: Millis,
}

impl Change for MoveWorkflow {
    /// Whether there is such a workflow, not archived.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let MoveWorkflow { id, position, now } = *self;
        let mut order = ledger.workflows()?;
        let archived = order.iter().filter(|workflow| workflow.state == WorkflowState::Archived).copied();
        let archived: Vec<StoredWorkflow> = archived.collect();
        order.retain(|workflow| workflow.state != WorkflowState::Archived);
        let Some(from) = order.iter().position(|workflow| workflow.id == id) else { return Ok((false, None)) };
        let to = usize::try_from(position.max(1) - 1).unwrap_or(usize::MAX).min(order.len() - 1);
        if from == to {
            return Ok((true, None));
        }
        let moved = order.remove(from);
        order.insert(to, moved);
        for (place, workflow) in (1..).zip(order.into_iter().chain(archived)) {
            if workflow.position != place {
                ledger.save_workflow(&StoredWorkflow { position: place, ..workflow }, now)?;
            }
        }
        changed(ledger, changes, now, (id, None, None))?;
        let name = newest(ledger, id)?.map(|(_, version)| version.draft.name).unwrap_or_default();
        let note = Note::new(AuditAction::WorkflowMoved, of_workflow(id, &name));
        Ok((true, Some(note.changed(json!({"position": from + 1}), json!({"position": to + 1})))))
    }
}
