//! What the team sets for the whole workspace.

use crate::audited::{Change, Note, subject};
use crate::notice::Notice;
use knock_model::AuditAction;
use knock_ports::{Ledger, Setting, Settings, StoreError};
use serde_json::json;

/// Changes one of the settings of the workspace.
#[derive(Clone, Copy, Debug)]
pub struct SaveSetting {
    /// The setting with its value.
    pub setting: Setting,
}

impl Change for SaveSetting {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.settings()?;
        let Settings { waits_for_consent, asks_to_clarify } = before;
        let (action, name, before, after) = match self.setting {
            Setting::WaitsForConsent(after) => {
                (AuditAction::PrivacyChanged, "waits_for_consent", waits_for_consent, after)
            }
            Setting::AsksToClarify(after) => (AuditAction::AgentChanged, "asks_to_clarify", asks_to_clarify, after),
        };
        if before == after {
            return Ok(((), None));
        }
        ledger.save_setting(self.setting)?;
        let note = Note::new(action, subject("workspace", "", ""));
        Ok(((), Some(note.changed(json!({name: before}), json!({name: after})))))
    }
}
