//! Saves a workflow: a new one, its next version, or an earlier version again.

use super::{changed, inside, newest, of_workflow, shown, stored};
use crate::audited::{Change, Note};
use crate::changes::Changes;
use knock_model::{AuditAction, Millis, RepId, WorkflowId};
use knock_ports::{Ledger, StoreError, StoredVersion, StoredWorkflow};
use knock_wire::{Inside, WorkflowDraft, WorkflowState};

/// Saves a new workflow, behind all others. It is off.
#[derive(Clone, Debug)]
pub struct SaveWorkflow {
    pub id: WorkflowId,
    pub draft: WorkflowDraft,
    pub by: Option<RepId>,
    pub now: Millis,
}

impl Change for SaveWorkflow {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let SaveWorkflow { id, draft, by, now } = self;
        let draft = stored(draft, *id);
        let last = ledger.workflows()?.iter().map(|workflow| workflow.position).max().unwrap_or(0);
        let workflow = StoredWorkflow { id: *id, position: last + 1, state: WorkflowState::Off, version: 1 };
        ledger.save_workflow(&workflow, *now)?;
        let note = Note::new(AuditAction::WorkflowSaved, of_workflow(*id, &draft.name)).with(shown(1, &draft)?);
        let version = StoredVersion { workflow: *id, number: 1, draft, saved_at: *now, saved_by: *by };
        ledger.append_workflow_version(&version)?;
        changed(ledger, changes, *now, (*id, None, *by))?;
        Ok(((), Some(note)))
    }
}

/// The outcome of saving another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkflowChanged {
    /// The number of the newest version.
    Saved(u32),
    /// There is no such workflow or version.
    Unknown,
    /// So many leads are inside, and the caller did not say what becomes of them.
    LeadsInside(u64),
}

/// Saves the next version of a workflow.
#[derive(Clone, Debug)]
pub struct ChangeWorkflow {
    pub id: WorkflowId,
    pub draft: WorkflowDraft,
    /// What becomes of the leads inside; without it, a change with leads inside is refused.
    pub inside: Option<Inside>,
    pub by: Option<RepId>,
    pub now: Millis,
}

impl Change for ChangeWorkflow {
    type Outcome = WorkflowChanged;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(WorkflowChanged, Option<Note>), StoreError> {
        let next = Next { id: self.id, inside: self.inside, by: self.by, now: self.now };
        next.save(ledger, changes, (&self.draft, AuditAction::WorkflowChanged))
    }
}

/// Makes an earlier version the newest one: a version with the same text.
#[derive(Clone, Copy, Debug)]
pub struct RestoreVersion {
    pub id: WorkflowId,
    /// The earlier version.
    pub number: u32,
    /// As in [`ChangeWorkflow`].
    pub inside: Option<Inside>,
    pub by: Option<RepId>,
    pub now: Millis,
}

impl Change for RestoreVersion {
    type Outcome = WorkflowChanged;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(WorkflowChanged, Option<Note>), StoreError> {
        let mut versions = ledger.workflow_versions(self.id)?.into_iter();
        let Some((earlier, _)) = versions.find(|(version, _)| version.number == self.number) else {
            return Ok((WorkflowChanged::Unknown, None));
        };
        let next = Next { id: self.id, inside: self.inside, by: self.by, now: self.now };
        next.save(ledger, changes, (&earlier.draft, AuditAction::WorkflowRestored))
    }
}

/// The next version of a workflow, without its text.
struct Next {
    id: WorkflowId,
    inside: Option<Inside>,
    by: Option<RepId>,
    now: Millis,
}

impl Next {
    fn save(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        (draft, action): (&WorkflowDraft, AuditAction),
    ) -> Result<(WorkflowChanged, Option<Note>), StoreError> {
        let Next { id, by, now, .. } = *self;
        let Some((workflow, before)) = newest(ledger, id)? else { return Ok((WorkflowChanged::Unknown, None)) };
        let draft = stored(draft, id);
        if draft == before.draft {
            return Ok((WorkflowChanged::Saved(before.number), None));
        }
        // Another name changes nothing for the leads inside.
        let is_renamed = WorkflowDraft { name: before.draft.name.clone(), ..draft.clone() } == before.draft;
        let inside_now = if is_renamed { 0 } else { inside(ledger, id)? };
        if inside_now > 0 && self.inside.is_none() {
            return Ok((WorkflowChanged::LeadsInside(inside_now), None));
        }
        let number = workflow.version + 1;
        let (former, after) = (shown(before.number, &before.draft)?, shown(number, &draft)?);
        let note = Note::new(action, of_workflow(id, &draft.name)).changed(former, after);
        ledger.append_workflow_version(&StoredVersion { workflow: id, number, draft, saved_at: now, saved_by: by })?;
        ledger.save_workflow(&StoredWorkflow { version: number, ..workflow }, now)?;
        changed(ledger, changes, now, (id, self.inside.filter(|_| inside_now > 0), by))?;
        Ok((WorkflowChanged::Saved(number), Some(note)))
    }
}
