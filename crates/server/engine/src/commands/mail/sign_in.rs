//! Sign-in links by mail.

use crate::changes::Changes;
use crate::commands::auth::LINK_LIFE;
use crate::effects::Letter;
use crate::writer::{After, Command};
use knock_model::{MemberState, Millis, RepId};
use knock_ports::{Ledger, Secret, SecretHash, SignInMail, StoreError};

/// The maximum number of links mailed to one member within the lifetime of a link, so that no mailbox is flooded.
const MOST: u64 = 5;

/// Mails a member a one-time sign-in link.
#[derive(Clone, Debug)]
pub struct MailSignInLink {
    /// The address, whether or not it is a member's.
    pub email: String,
    /// The id of the link: its token is derived from it when the mail is sent.
    pub link: String,
    /// The SHA-256 of that token.
    pub hash: SecretHash,
    pub now: Millis,
}

impl Command for MailSignInLink {
    /// Empty: the caller must not learn who is a member.
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        ledger.forget_expired(self.now)?;
        let member = ledger.member_by_email(&self.email)?.filter(|member| member.state != MemberState::Removed);
        let Some(member) = member else { return self.take_as_long(ledger) };
        if ledger.links_since(member.id, self.now - LINK_LIFE)? >= MOST {
            return Ok(());
        }
        let expires_at = self.now + LINK_LIFE;
        ledger.save_secret(self.hash, &Secret::LoginLink { member: member.id, expires_at }, self.now)?;
        let data = &SignInMail { to: member.email, link: self.link.clone(), expires_at };
        let (kind, ordering_key) = (SignInMail::KIND, *member.id.as_bytes());
        Letter { kind, data, lead: None, ordering_key, now: self.now }.enqueue(ledger, changes)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl MailSignInLink {
    /// Writes as much as for a member, so that the response time reveals nothing: an expired link of no member, which
    /// is removed at the next request for a link.
    fn take_as_long(&self, ledger: &mut dyn Ledger) -> Result<(), StoreError> {
        let unused = Secret::LoginLink { member: RepId::from_bytes([0; 16]), expires_at: self.now - Millis(1) };
        ledger.save_secret(self.hash, &unused, self.now)
    }
}
