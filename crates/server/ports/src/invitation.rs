//! Messages by which members write to visitors first. Every method fails only when the database does.

use crate::{SecretHash, StoreError};
use knock_model::{ConversationId, MessageId, Millis, RepId, SessionId, SiteId, VisitorId};

/// The time during which an invitation is shown.
const SHOWN_FOR: Millis = Millis::days(7);
/// The time during which an invitation opens its conversation.
const OPENS_FOR: Millis = Millis::days(30);

/// A message by which a member wrote to a visitor first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The id of the message.
    pub id: MessageId,
    pub conversation: ConversationId,
    /// The number of the message in the conversation.
    pub seq: u64,
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The author.
    pub rep: RepId,
    /// The instant of writing.
    pub at: Millis,
    /// The instant at which a page of the visitor showed it first.
    pub shown_at: Option<Millis>,
    /// The address of that page; empty before.
    pub url: String,
    /// The instant at which the visitor closed it.
    pub closed_at: Option<Millis>,
}

/// An invitation to a browser, with what its conversation says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentInvitation {
    pub invitation: Invitation,
    /// Whether the lead has written in the conversation since.
    pub is_answered: bool,
}

impl Invitation {
    /// The instant from which it is not shown any more.
    pub fn ends_at(&self) -> Millis {
        self.at + SHOWN_FOR
    }

    /// Whether it opens its conversation at an instant.
    pub fn opens(&self, now: Millis) -> bool {
        now < self.at + OPENS_FOR
    }
}

impl SentInvitation {
    /// Whether an answer is awaited at an instant.
    pub fn is_awaited(&self, now: Millis) -> bool {
        !self.is_answered && now < self.invitation.ends_at()
    }

    /// Whether a page of the visitor shows it at an instant.
    pub fn is_open(&self, now: Millis) -> bool {
        self.is_awaited(now) && self.invitation.closed_at.is_none()
    }
}

/// Writing invitations.
pub trait InvitationLedger {
    /// Stores an invitation, or what became of a known one.
    fn save_invitation(&mut self, invitation: &Invitation) -> Result<(), StoreError>;

    /// Deletes an invitation.
    fn drop_invitation(&mut self, id: MessageId) -> Result<(), StoreError>;

    /// Stores the secret with which the browser opens a conversation again, unless it has one.
    fn bind_secret(&mut self, conversation: ConversationId, secret: SecretHash) -> Result<(), StoreError>;
}

/// Reading invitations.
pub trait InvitationView {
    /// One invitation.
    fn invitation(&self, id: MessageId) -> Result<Option<Invitation>, StoreError>;

    /// The invitations to a browser since an instant, newest first.
    fn invitations_to(
        &self,
        site: SiteId,
        visitor: VisitorId,
        since: Millis,
    ) -> Result<Vec<SentInvitation>, StoreError>;

    /// The invitations in a conversation, by their number.
    fn invitations_in(&self, conversation: ConversationId) -> Result<Vec<Invitation>, StoreError>;

    /// The session of the newest signal of a browser since an instant; none without one.
    fn session_since(&self, site: SiteId, visitor: VisitorId, since: Millis) -> Result<Option<SessionId>, StoreError>;
}
