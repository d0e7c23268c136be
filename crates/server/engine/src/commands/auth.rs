//! Authentication: sign-in links and sessions.

use crate::audited::{Change, Note, of_member, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, MemberState, Millis, RepId};
use knock_ports::{Actor, Ledger, Member, Secret, SecretHash, StoreError};

/// The lifetime of a sign-in link.
pub(in crate::commands) const LINK_LIFE: Millis = Millis(60 * Millis::MINUTE.0);
/// The lifetime of a session.
pub const SESSION_LIFE: Millis = Millis::days(30);

/// Creates a one-time sign-in link for a member.
#[derive(Clone, Debug)]
pub struct CreateLoginLink {
    /// The address of the member; none for the first admin.
    pub email: Option<String>,
    /// The SHA-256 of its token.
    pub hash: SecretHash,
    pub now: Millis,
}

impl Change for CreateLoginLink {
    /// The member of the link; none if there is no such member.
    type Outcome = Option<Member>;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(Option<Member>, Option<Note>), StoreError> {
        let member = match &self.email {
            Some(email) => ledger.member_by_email(email)?.filter(|member| member.state != MemberState::Removed),
            None => ledger.first_admin()?,
        };
        if let Some(member) = &member {
            let link = Secret::LoginLink { member: member.id, expires_at: self.now + LINK_LIFE };
            ledger.forget_expired(self.now)?;
            ledger.save_secret(self.hash, &link, self.now)?;
        }
        let note = member.as_ref().map(|member| Note::new(AuditAction::SignInLinkCreated, of_member(member)));
        Ok((member, note))
    }
}

/// Redeems a sign-in link and opens a session.
#[derive(Clone, Copy, Debug)]
pub struct SignIn {
    /// The SHA-256 of the link's token.
    pub link: SecretHash,
    /// The SHA-256 of the new session's token.
    pub session: SecretHash,
    pub now: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub member: RepId,
    /// Whether it is the first sign-in of an invited member.
    pub is_first: bool,
}

impl Command for SignIn {
    /// The session; none if the link is unknown, used or expired.
    type Outcome = Option<SignedIn>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Option<SignedIn>, StoreError> {
        match ledger.take_secret(self.link)? {
            Some(Secret::LoginLink { member, expires_at }) if self.now < expires_at => {
                open_session(ledger, member, self.session, self.now, changes).map(Some)
            }
            Some(Secret::LoginLink { .. }) | None => Ok(None),
            // Not a link: this secret stays valid.
            Some(other @ (Secret::Session { .. } | Secret::ApiKey(_) | Secret::Chat { .. })) => {
                ledger.save_secret(self.link, &other, self.now)?;
                Ok(None)
            }
        }
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Opens a session for a member after any sign-in method.
pub(in crate::commands) fn open_session(
    ledger: &mut dyn Ledger,
    member: RepId,
    session: SecretHash,
    now: Millis,
    changes: &mut Changes,
) -> Result<SignedIn, StoreError> {
    ledger.save_secret(session, &Secret::Session { member, expires_at: now + SESSION_LIFE }, now)?;
    let is_first = join(ledger, member, changes)?;
    note_sign_in(ledger, member, now)?;
    Ok(SignedIn { member, is_first })
}

/// Activates an invited member at the first sign-in; whether it was the first.
fn join(ledger: &mut dyn Ledger, member: RepId, changes: &mut Changes) -> Result<bool, StoreError> {
    let invited = ledger.member(member)?.filter(|member| member.state == MemberState::Invited);
    let Some(invited) = invited else { return Ok(false) };
    ledger.save_member(&Member { state: MemberState::Active, ..invited })?;
    changes.push(Notice::Access);
    Ok(true)
}

/// Writes the sign-in to the audit log. The actor is the member: the request itself had no session yet.
fn note_sign_in(ledger: &mut dyn Ledger, member: RepId, now: Millis) -> Result<(), StoreError> {
    let Some(member) = ledger.member(member)? else { return Ok(()) };
    let note = Note::new(AuditAction::MemberSignedIn, of_member(&member));
    ledger.append_audit(&note.entry(Actor::Member { id: member.id, email: member.email }, now))
}

#[derive(Clone, Copy, Debug)]
pub struct SignOut {
    /// The SHA-256 of its token.
    pub session: SecretHash,
}

impl Change for SignOut {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let session = ledger.take_secret(self.session)?;
        ledger.drop_signed_out_devices(Millis(i64::MIN))?;
        changes.push(Notice::Access);
        let Some(Secret::Session { member, .. }) = session else { return Ok(((), None)) };
        let name = ledger.member(member)?.map(|member| member.email).unwrap_or_default();
        Ok(((), Some(Note::new(AuditAction::SessionEnded, subject("session", member.to_string(), name)))))
    }
}
