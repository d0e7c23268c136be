//! Sign-in links for members who lost access.

use super::present;
use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::commands::auth::LINK_LIFE;
use knock_model::{AuditAction, Millis, RepId};
use knock_ports::{Ledger, Secret, SecretHash, StoreError};

/// Creates a one-time sign-in link for a member, for an admin to pass on.
#[derive(Clone, Copy, Debug)]
pub struct CreateMemberLink {
    pub member: RepId,
    /// The SHA-256 of its token.
    pub hash: SecretHash,
    pub now: Millis,
}

impl Change for CreateMemberLink {
    /// The expiry of the link; none if there is no such member.
    type Outcome = Option<Millis>;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(Option<Millis>, Option<Note>), StoreError> {
        let Some(member) = present(ledger, self.member)? else { return Ok((None, None)) };
        let expires_at = self.now + LINK_LIFE;
        ledger.forget_expired(self.now)?;
        ledger.save_secret(self.hash, &Secret::LoginLink { member: member.id, expires_at }, self.now)?;
        Ok((Some(expires_at), Some(Note::new(AuditAction::SignInLinkCreated, of_member(&member)))))
    }
}
