//! The role of a member.

use super::{MemberChange, is_last_admin, present};
use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, RepId, Role};
use knock_ports::{Ledger, Member, StoreError};
use serde_json::json;

/// Changes the role of a member; it applies from the member's next request on.
#[derive(Clone, Copy, Debug)]
pub struct ChangeRole {
    pub member: RepId,
    pub role: Role,
}

impl Change for ChangeRole {
    type Outcome = MemberChange;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(MemberChange, Option<Note>), StoreError> {
        let Some(before) = present(ledger, self.member)? else { return Ok((MemberChange::Unknown, None)) };
        if self.role != Role::Admin && is_last_admin(ledger, &before)? {
            return Ok((MemberChange::LastAdmin, None));
        }
        let was = before.role;
        let member = Member { role: self.role, ..before };
        ledger.save_member(&member)?;
        changes.push(Notice::Access);
        let note = Note::new(AuditAction::MemberRoleChanged, of_member(&member));
        let note = (was != self.role).then(|| note.changed(json!({"role": was}), json!({"role": self.role})));
        Ok((MemberChange::Done(member), note))
    }
}
