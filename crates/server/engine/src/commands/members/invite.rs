//! Invitations to the team.

use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::effects::Letter;
use crate::notice::Notice;
use knock_model::{AuditAction, MemberState, Millis, RepId, Role};
use knock_ports::{InvitationMail, Ledger, Member, Secret, SecretHash, StoreError};
use serde_json::json;

/// Invites a person to the team, and mails the link if `mail_from` names the inviting member.
#[derive(Clone, Debug)]
pub struct InviteMember {
    pub email: String,
    pub role: Role,
    /// An id for a person who was never a member.
    pub fresh: RepId,
    /// The id of the link: its token is derived from it when the mail is sent.
    pub link: String,
    /// The SHA-256 of that token.
    pub hash: SecretHash,
    /// The member who sends the invitation by mail; no mail is sent if mail is not set up.
    pub mail_from: Option<String>,
    pub now: Millis,
}

/// The outcome of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    /// The link signs the member in until it expires.
    Link {
        member: RepId,
        /// The expiry of the link.
        expires_at: Millis,
    },
    /// The address is of a member who has signed in already.
    Known,
}

impl InviteMember {
    /// The lifetime of an invitation.
    pub const LIFE: Millis = Millis::days(7);

    /// The invited member: a new one, one whose invitation was lost, or a former member under their old id.
    fn member(&self, ledger: &mut dyn Ledger) -> Result<Option<Member>, StoreError> {
        let Some(known) = ledger.member_by_email(&self.email)? else {
            let (id, email) = (self.fresh, self.email.clone());
            let member = Member::new(id, email, self.role, MemberState::Invited);
            ledger.create_member(&member, self.now)?;
            return Ok(Some(member));
        };
        if known.state == MemberState::Active {
            return Ok(None);
        }
        let member = Member { role: self.role, state: MemberState::Invited, ..known };
        ledger.save_member(&member)?;
        // An earlier invitation ends.
        ledger.forget_secrets_of(member.id)?;
        Ok(Some(member))
    }

    fn mail(
        &self,
        member: &Member,
        expires_at: Millis,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let Some(from) = &self.mail_from else { return Ok(()) };
        let (to, link) = (member.email.clone(), self.link.clone());
        let data = &InvitationMail { to, from: from.clone(), link, expires_at };
        let (kind, ordering_key) = (InvitationMail::KIND, *member.id.as_bytes());
        Letter { kind, data, lead: None, ordering_key, now: self.now }.enqueue(ledger, changes)
    }
}

impl Change for InviteMember {
    type Outcome = Invited;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(Invited, Option<Note>), StoreError> {
        ledger.forget_expired(self.now)?;
        let Some(member) = self.member(ledger)? else { return Ok((Invited::Known, None)) };
        let expires_at = self.now + InviteMember::LIFE;
        ledger.save_secret(self.hash, &Secret::LoginLink { member: member.id, expires_at }, self.now)?;
        self.mail(&member, expires_at, ledger, changes)?;
        changes.push(Notice::Access);
        let note = Note::new(AuditAction::MemberInvited, of_member(&member)).with(json!({"role": member.role}));
        Ok((Invited::Link { member: member.id, expires_at }, Some(note)))
    }
}
