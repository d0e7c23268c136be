//! Passwords of members: set, changed, removed, used to sign in. They are checked before a command runs.

use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::commands::auth::{SignedIn, open_session};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, MemberState, Millis, RepId};
use knock_ports::{Ledger, PasswordHash, SecretHash, StoreError};

/// Sets, changes or removes the password of a member. All other sessions and all sign-in links of the member end.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    pub member: RepId,
    /// The password that the member was checked by; none if there was none.
    pub before: Option<PasswordHash>,
    /// The new password; none removes it.
    pub after: Option<PasswordHash>,
    /// The session of the request, which stays valid.
    pub session: SecretHash,
    pub now: Millis,
}

impl Change for ChangePassword {
    /// False if the password changed since the check, or the member was removed.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let member = ledger.member(self.member)?.filter(|member| member.state != MemberState::Removed);
        let Some(member) = member else { return Ok((false, None)) };
        if ledger.password(member.id)? != self.before {
            return Ok((false, None));
        }
        let action = match (&self.before, &self.after) {
            (None, None) => return Ok((true, None)),
            (_, Some(hash)) => {
                ledger.save_password(member.id, hash, self.now)?;
                AuditAction::PasswordSet
            }
            (Some(_), None) => {
                ledger.forget_password(member.id)?;
                AuditAction::PasswordRemoved
            }
        };
        ledger.forget_other_secrets_of(member.id, self.session)?;
        ledger.drop_signed_out_devices(self.now)?;
        changes.push(Notice::Access);
        Ok((true, Some(Note::new(action, of_member(&member)))))
    }
}

/// Opens a session for a member whose password was right.
#[derive(Clone, Debug)]
pub struct SignInByPassword {
    pub member: RepId,
    /// The password that the member was checked by.
    pub password: PasswordHash,
    /// The SHA-256 of the new session's token.
    pub session: SecretHash,
    pub now: Millis,
}

impl Command for SignInByPassword {
    /// None if the member was removed, or the password changed since the check.
    type Outcome = Option<SignedIn>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Option<SignedIn>, StoreError> {
        let is_member = ledger.member(self.member)?.is_some_and(|member| member.state != MemberState::Removed);
        if !is_member || ledger.password(self.member)?.as_ref() != Some(&self.password) {
            return Ok(None);
        }
        ledger.forget_expired(self.now)?;
        open_session(ledger, self.member, self.session, self.now, changes).map(Some)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
