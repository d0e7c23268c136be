//! Saves what holds for the notifications of the whole team.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::AuditAction;
use knock_ports::{Ledger, StoreError};
use knock_wire::TeamNotifications;
use serde_json::json;

/// Changes what holds for the notifications of the whole team, for waits that begin from then on.
#[derive(Clone, Copy, Debug)]
pub struct SaveTeamNotifications {
    /// All settings, validated.
    pub settings: TeamNotifications,
}

impl Change for SaveTeamNotifications {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.team_notifications()?;
        if before == self.settings {
            return Ok(((), None));
        }
        ledger.save_team_notifications(&self.settings)?;
        let note = Note::new(AuditAction::TeamNotificationsChanged, subject("workspace", "", ""));
        Ok(((), Some(note.changed(json!(before), json!(self.settings)))))
    }
}
