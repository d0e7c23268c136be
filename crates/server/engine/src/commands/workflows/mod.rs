//! Workflows: saved, changed, switched on and off, ordered, archived. An edit is a new version.

mod order;
mod runs;
mod save;
mod settings;
mod state;
mod test_mail;

pub use order::MoveWorkflow;
pub use runs::StopRun;
pub use save::{ChangeWorkflow, RestoreVersion, SaveWorkflow, WorkflowChanged};
pub use settings::SaveWorkflowSettings;
pub use state::{ArchiveWorkflow, SetWorkflowState};
pub use test_mail::SendWorkflowTestMail;

use crate::audited::subject;
use crate::changes::Changes;
use crate::notice::Notice;
use crate::workflow_runs::{move_inside, stop_inside};
use knock_model::{Millis, RepId, WorkflowId};
use knock_ports::{AuditSubject, Ledger, StoreError, StoredVersion, StoredWorkflow};
use knock_wire::{Inside, WorkflowDraft, WorkflowState};
use knock_workflow::StoppedBy;
use serde_json::{Value, json};

/// A workflow with its newest version.
pub(super) fn newest(
    ledger: &dyn Ledger,
    id: WorkflowId,
) -> Result<Option<(StoredWorkflow, StoredVersion)>, StoreError> {
    let Some(workflow) = ledger.workflows()?.into_iter().find(|workflow| workflow.id == id) else { return Ok(None) };
    let mut versions = ledger.newest_workflow_versions()?.into_iter();
    Ok(versions.find(|version| version.workflow == id).map(|version| (workflow, version)))
}

/// The number of leads inside a workflow, on all versions.
pub(super) fn inside(ledger: &dyn Ledger, id: WorkflowId) -> Result<u64, StoreError> {
    Ok(ledger.workflow_versions(id)?.iter().map(|(_, active)| active).sum())
}

/// Says that the workflows are other ones, so that no server goes on with those it knows; then carries out what becomes
/// of the leads inside one of them.
pub(super) fn changed(
    ledger: &mut dyn Ledger,
    changes: &mut Changes,
    now: Millis,
    (workflow, inside, by): (WorkflowId, Option<Inside>, Option<RepId>),
) -> Result<(), StoreError> {
    changes.push(Notice::Workflows);
    match inside {
        None | Some(Inside::Finish) => Ok(()),
        Some(Inside::Move) => move_inside(ledger, workflow, now, changes),
        Some(Inside::Stop) => stop_inside(ledger, workflow, now, changes, &stopper(by)),
    }
}

/// A member, or a program, as the one who stopped a run.
pub(super) fn stopper(by: Option<RepId>) -> StoppedBy {
    StoppedBy::Member(by.map(|member| member.to_string()).unwrap_or_default())
}

/// A draft as it is stored: its definition has the id of the workflow, and is enabled as its state says.
pub(super) fn stored(draft: &WorkflowDraft, id: WorkflowId) -> WorkflowDraft {
    let mut draft = draft.clone();
    draft.name = draft.name.trim().to_owned();
    draft.definition.id = id.to_string();
    draft.definition.enabled = true;
    draft
}

pub(super) fn of_workflow(id: WorkflowId, name: &str) -> AuditSubject {
    subject("workflow", id.to_string(), name)
}

/// A version for the audit log.
pub(super) fn shown(version: u32, draft: &WorkflowDraft) -> Result<Value, StoreError> {
    let WorkflowDraft { name, definition, contents } = draft;
    let broken = |error: serde_json::Error| StoreError::Broken(error.to_string());
    let definition = serde_json::to_value(definition).map_err(broken)?;
    let contents = serde_json::to_value(contents).map_err(broken)?;
    Ok(json!({"name": name, "version": version, "definition": definition, "contents": contents}))
}

/// The word of a state in the audit log.
pub(super) const fn word(state: WorkflowState) -> &'static str {
    match state {
        WorkflowState::Off => "off",
        WorkflowState::On => "on",
        WorkflowState::Archived => "archived",
    }
}
