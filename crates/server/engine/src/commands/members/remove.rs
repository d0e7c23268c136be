//! Removal of members from the team.

use super::hand_over::{HandedOver, hand_over};
use super::{MemberChange, is_heir, is_last_admin, present};

use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::commands::booking_link;
use crate::happened::Happened;
use crate::notice::Notice;
use knock_model::{AuditAction, MemberState, Millis, RepId};
use knock_ports::{Ledger, Member, StoreError};
use serde_json::json;

/// Removes a member: sessions, links, password and calendars end at once, their booking link is archived, routing assigns nothing more to the member,
/// past actions keep the member's name, and what the member had to do is handed over (7.3).
#[derive(Clone, Copy, Debug)]
pub struct RemoveMember {
    pub member: RepId,
    /// Gets the open chats, the meetings to come and the places in rules; none routes chats anew.
    pub successor: Option<RepId>,
    pub now: Millis,
}

impl Change for RemoveMember {
    type Outcome = MemberChange;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(MemberChange, Option<Note>), StoreError> {
        let Some(before) = present(ledger, self.member)? else { return Ok((MemberChange::Unknown, None)) };
        if is_last_admin(ledger, &before)? {
            return Ok((MemberChange::LastAdmin, None));
        }
        if let Some(successor) = self.successor
            && !is_heir(ledger, before.id, successor)?
        {
            return Ok((MemberChange::UnknownSuccessor, None));
        }
        let member = Member { state: MemberState::Removed, ..before };
        ledger.save_member(&member)?;
        ledger.forget_secrets_of(member.id)?;
        ledger.forget_password(member.id)?;
        ledger.forget_notifications(member.id)?;
        ledger.drop_reminders_of(member.id)?;
        ledger.forget_report_mail(member.id)?;
        booking_link::archive(ledger, member.id, self.now)?;
        for calendar in ledger.calendars_of(member.id)? {
            ledger.drop_calendar(calendar.id)?;
        }
        ledger.drop_signed_out_devices(Millis(i64::MIN))?;
        let handed_over = hand_over(ledger, member.id, self.successor, self.now, changes)?;
        changes.happened(self.now, Happened::TeamChanged);
        changes.push(Notice::Access);
        let note = Note::new(AuditAction::MemberRemoved, of_member(&member));
        let HandedOver { chats, rules } = handed_over;
        let after = json!({"successor": self.successor, "chats": chats, "rules": rules});
        let note = note.changed(json!({"role": member.role}), after);
        Ok((MemberChange::Done(member), Some(note)))
    }
}
