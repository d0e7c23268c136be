//! Removal of members from the team.

use super::{MemberChange, is_last_admin, present};

use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::commands::meetings::hand_over_all;
use crate::notice::Notice;
use knock_model::{AuditAction, MemberState, Millis, RepId};
use knock_ports::{Ledger, Member, StoreError};
use serde_json::json;

/// Removes a member: sessions, links, password and calendars end at once, routing assigns nothing more to the member,
/// and past actions keep the member's name.
#[derive(Clone, Copy, Debug)]
pub struct RemoveMember {
    pub member: RepId,
    pub now: Millis,
}

impl Change for RemoveMember {
    type Outcome = MemberChange;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(MemberChange, Option<Note>), StoreError> {
        let Some(before) = present(ledger, self.member)? else { return Ok((MemberChange::Unknown, None)) };
        if is_last_admin(ledger, &before)? {
            return Ok((MemberChange::LastAdmin, None));
        }
        let member = Member { state: MemberState::Removed, ..before };
        ledger.save_member(&member)?;
        ledger.forget_secrets_of(member.id)?;
        ledger.forget_password(member.id)?;
        ledger.forget_notifications(member.id)?;
        for calendar in ledger.calendars_of(member.id)? {
            ledger.drop_calendar(calendar.id)?;
        }
        ledger.drop_signed_out_devices(Millis(i64::MIN))?;
        hand_over_all(ledger, member.id, Millis(i64::MAX), self.now, changes)?;
        changes.push(Notice::Access);
        let note = Note::new(AuditAction::MemberRemoved, of_member(&member));
        let note = note.changed(json!({"role": member.role}), json!({}));
        Ok((MemberChange::Done(member), Some(note)))
    }
}
