//! The notification settings of a member: each member sets their own.

use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use knock_model::{AuditAction, MemberState, RepId};
use knock_ports::{Ledger, StoreError};
use knock_wire::NotificationSettings;
use serde_json::json;

/// Changes the notification settings of a member.
#[derive(Clone, Debug)]
pub struct SaveNotifications {
    pub member: RepId,
    /// All settings, validated.
    pub settings: NotificationSettings,
}

impl Change for SaveNotifications {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let member = ledger.member(self.member)?.filter(|member| member.state != MemberState::Removed);
        let Some(member) = member else { return Ok(((), None)) };
        let before = ledger.notifications(member.id)?;
        if before == self.settings {
            return Ok(((), None));
        }
        ledger.save_notifications(member.id, &self.settings)?;
        let note = Note::new(AuditAction::NotificationsChanged, of_member(&member));
        Ok(((), Some(note.changed(json!(before), json!(self.settings)))))
    }
}
