//! A member leaves the team.

use super::{MemberChange, is_last_admin, present};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{MemberState, RepId};
use knock_ports::{Ledger, Member, StoreError};

/// Removes a member: their sessions and links end at once, routing gives them nothing more, and what they did keeps
/// their name.
#[derive(Clone, Copy, Debug)]
pub struct RemoveMember {
    /// Whom.
    pub member: RepId,
}

impl Command for RemoveMember {
    type Outcome = MemberChange;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<MemberChange, StoreError> {
        let Some(before) = present(ledger, self.member)? else { return Ok(MemberChange::Unknown) };
        if is_last_admin(ledger, &before)? {
            return Ok(MemberChange::LastAdmin);
        }
        let member = Member { state: MemberState::Removed, ..before };
        ledger.save_member(&member)?;
        ledger.forget_secrets_of(member.id)?;
        notices.push(Notice::Access);
        Ok(MemberChange::Done(member))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
