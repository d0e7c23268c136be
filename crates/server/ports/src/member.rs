//! Members of the team and what lets them in.

use crate::StoreError;
use knock_model::{ConversationId, MemberState, Millis, RepId, Role};

/// A member of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: RepId,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Whether they are on the team.
    pub state: MemberState,
}

impl Member {
    /// How others are told of them: the part before the `@`, with a capital.
    pub fn display_name(&self) -> String {
        let local = self.email.split('@').next().unwrap_or_default();
        let mut letters = local.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// The SHA-256 of a secret: only this is stored, and looked up by equality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretHash(pub [u8; 32]);

/// What a secret lets in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secret {
    /// A sign-in link: once, until it expires.
    LoginLink {
        /// Whose.
        member: RepId,
        /// Until when.
        expires_at: Millis,
    },
    /// A signed-in browser.
    Session {
        /// Whose.
        member: RepId,
        /// Until when.
        expires_at: Millis,
    },
    /// A visitor's way into their conversation.
    Chat {
        /// Which.
        conversation: ConversationId,
    },
    /// An API key.
    ApiKey {
        /// What it may do.
        role: Role,
    },
}

/// A browser in which a member is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// The SHA-256 of its token.
    pub hash: SecretHash,
    /// Since when.
    pub since: Millis,
    /// Until when.
    pub expires_at: Millis,
}

/// Writing members and secrets.
pub trait MemberLedger {
    /// Stores a new member.
    fn create_member(&mut self, member: &Member, now: Millis) -> Result<(), StoreError>;

    /// Changes a member's address, role and state.
    fn save_member(&mut self, member: &Member) -> Result<(), StoreError>;

    /// Stores a new secret.
    fn save_secret(&mut self, hash: SecretHash, secret: &Secret, now: Millis) -> Result<(), StoreError>;

    /// Takes a secret away and returns what it was.
    fn take_secret(&mut self, hash: SecretHash) -> Result<Option<Secret>, StoreError>;

    /// Takes all sessions and sign-in links of a member away.
    fn forget_secrets_of(&mut self, member: RepId) -> Result<(), StoreError>;

    /// Takes all secrets away that expired before `now`.
    fn forget_expired(&mut self, now: Millis) -> Result<(), StoreError>;
}

/// Reading members and secrets.
pub trait MemberView {
    /// Who has this address, a removed member too.
    fn member_by_email(&self, email: &str) -> Result<Option<Member>, StoreError>;

    /// The first admin who has signed in.
    fn first_admin(&self) -> Result<Option<Member>, StoreError>;

    /// The members, in the order they were invited; without those who were removed.
    fn members(&self) -> Result<Vec<Member>, StoreError>;

    /// The sessions of a member that have not expired, the latest first.
    fn sessions(&self, member: RepId, now: Millis) -> Result<Vec<OpenSession>, StoreError>;

    /// What a secret lets in.
    fn secret(&self, hash: SecretHash) -> Result<Option<Secret>, StoreError>;

    /// One member, a removed one too: what names them keeps their name.
    fn member(&self, id: RepId) -> Result<Option<Member>, StoreError>;
}
