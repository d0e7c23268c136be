//! A member gets another role.

use super::{MemberChange, is_last_admin, present};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{RepId, Role};
use knock_ports::{Ledger, Member, StoreError};

/// Gives a member another role; it counts from their next request on.
#[derive(Clone, Copy, Debug)]
pub struct ChangeRole {
    /// Whom.
    pub member: RepId,
    /// The role.
    pub role: Role,
}

impl Command for ChangeRole {
    type Outcome = MemberChange;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<MemberChange, StoreError> {
        let Some(before) = present(ledger, self.member)? else { return Ok(MemberChange::Unknown) };
        if self.role != Role::Admin && is_last_admin(ledger, &before)? {
            return Ok(MemberChange::LastAdmin);
        }
        let member = Member { role: self.role, ..before };
        ledger.save_member(&member)?;
        notices.push(Notice::Access);
        Ok(MemberChange::Done(member))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
