//! The cap and the quiet hours of the workspace.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::AuditAction;
use knock_ports::{Ledger, StoreError};
use knock_wire::WorkflowSettings;
use serde_json::Value;

/// Saves the settings that hold for workflows without their own.
#[derive(Clone, Debug)]
pub struct SaveWorkflowSettings {
    pub settings: WorkflowSettings,
}

impl Change for SaveWorkflowSettings {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.workflow_settings()?;
        if before == self.settings {
            return Ok(((), None));
        }
        ledger.save_workflow_settings(&self.settings)?;
        changes.push(Notice::Workflows);
        let note = Note::new(AuditAction::WorkflowSettingsChanged, subject("workflow_settings", "", ""));
        Ok(((), Some(note.changed(shown(&before)?, shown(&self.settings)?))))
    }
}

fn shown(settings: &WorkflowSettings) -> Result<Value, StoreError> {
    serde_json::to_value(settings).map_err(|error| StoreError::Broken(error.to_string()))
}
