//! What the team sets for the whole workspace.

use crate::audited::{Change, Note, subject};
use crate::notice::Notice;
use knock_model::AuditAction;
use knock_ports::{Ledger, Settings, StoreError};
use serde_json::{Value, json};

/// Changes the settings of the workspace.
#[derive(Clone, Copy, Debug)]
pub struct SaveSettings {
    /// The settings as they shall be.
    pub settings: Settings,
}

impl Change for SaveSettings {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.settings()?;
        if before == self.settings {
            return Ok(((), None));
        }
        ledger.save_settings(&self.settings)?;
        let note = Note::new(AuditAction::PrivacyChanged, subject("workspace", "", ""));
        Ok(((), Some(note.changed(shown(before), shown(self.settings)))))
    }
}

fn shown(settings: Settings) -> Value {
    let Settings { waits_for_consent } = settings;
    json!({"waits_for_consent": waits_for_consent})
}
