//! Members of the team and what lets them in.

use crate::StoreError;
use knock_model::{ConversationId, Millis, RepId, Role};

/// A member of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: RepId,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: Role,
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

/// Writing members and secrets.
pub trait MemberLedger {
    /// Stores a new member.
    fn create_member(&mut self, member: &Member, now: Millis) -> Result<(), StoreError>;

    /// Stores a new secret.
    fn save_secret(&mut self, hash: SecretHash, secret: &Secret, now: Millis) -> Result<(), StoreError>;

    /// Takes a secret away and returns what it was.
    fn take_secret(&mut self, hash: SecretHash) -> Result<Option<Secret>, StoreError>;

    /// Takes all secrets away that expired before `now`.
    fn forget_expired(&mut self, now: Millis) -> Result<(), StoreError>;
}

/// Reading members and secrets.
pub trait MemberView {
    /// The member with this address.
    fn member_by_email(&self, email: &str) -> Result<Option<Member>, StoreError>;

    /// The first admin.
    fn first_admin(&self) -> Result<Option<Member>, StoreError>;

    /// The first members, in the order they joined.
    fn members(&self) -> Result<Vec<Member>, StoreError>;

    /// What a secret lets in.
    fn secret(&self, hash: SecretHash) -> Result<Option<Secret>, StoreError>;

    /// One member.
    fn member(&self, id: RepId) -> Result<Option<Member>, StoreError>;
}
