//! Settings of the whole workspace.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::AuditAction;
use knock_ports::{Ledger, Setting, Settings, StoreError};
use serde_json::json;

/// Changes one of the settings of the workspace.
#[derive(Clone, Copy, Debug)]
pub struct SaveSetting {
    pub setting: Setting,
}

impl Change for SaveSetting {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.settings()?;
        let Settings { waits_for_consent, asks_to_clarify, rejects_abuse, keeps_demo, .. } = before;
        let (action, name, before, after) = match self.setting {
            Setting::WaitsForConsent(after) => {
                (AuditAction::PrivacyChanged, "waits_for_consent", waits_for_consent, after)
            }
            Setting::AsksToClarify(after) => (AuditAction::AgentChanged, "asks_to_clarify", asks_to_clarify, after),
            Setting::RejectsAbuse(after) => (AuditAction::AgentChanged, "rejects_abuse", rejects_abuse, after),
            Setting::KeepsDemo(after) => (AuditAction::SiteChanged, "keeps_demo", keeps_demo, after),
            // Only the server sets this.
            Setting::SendsMail(_) => return Ok(((), None)),
        };
        if before == after {
            return Ok(((), None));
        }
        ledger.save_setting(self.setting)?;
        let note = Note::new(action, subject("workspace", "", ""));
        Ok(((), Some(note.changed(json!({name: before}), json!({name: after})))))
    }
}

/// Notes at the start whether this server sends mail, by its configuration or by the mail server of the dashboard, so
/// that no mail is queued that cannot be sent.
#[derive(Clone, Copy, Debug)]
pub struct NoteMailSetup {
    pub sends_mail: bool,
}

impl Command for NoteMailSetup {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        if ledger.settings()?.sends_mail == self.sends_mail {
            return Ok(());
        }
        ledger.save_setting(Setting::SendsMail(self.sends_mail))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
