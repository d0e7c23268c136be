//! Members of the team, and the secrets for access.

use crate::{StoreError, TeamAuthor};
use knock_model::{ConversationId, IntegrationId, MemberState, Millis, PictureId, RepId, Role};
use knock_wire::Availability;

/// A member of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: RepId,
    pub email: String,
    pub role: Role,
    /// Whether they are on the team.
    pub state: MemberState,
    /// The availability for leads.
    pub availability: Box<Availability>,
    /// Name, title and picture.
    pub profile: Box<Profile>,
}

/// How a member appears in chats, mails and meetings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The name; empty until one is set.
    pub name: String,
    /// The title, such as `Account executive`; empty for none.
    pub title: String,
    pub picture: Option<PictureId>,
}

impl Member {
    /// Returns a member who takes leads at all times, without a name.
    pub fn new(id: RepId, email: String, role: Role, state: MemberState) -> Member {
        Member { id, email, role, state, availability: Box::default(), profile: Box::default() }
    }

    /// Returns the name that the team reads: the name, else the e-mail address.
    pub fn display_name(&self) -> String {
        if self.profile.name.is_empty() { self.email.clone() } else { self.profile.name.clone() }
    }

    /// Returns the name that visitors read; empty until there is one: no address, and no part of it, is shown to them.
    pub fn public_name(&self) -> &str {
        &self.profile.name
    }
}

/// The SHA-256 of a secret: only this is stored, and looked up by equality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SecretHash(pub [u8; 32]);

/// The access that a secret gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secret {
    /// A sign-in link: valid once, until it expires.
    LoginLink {
        member: RepId,
        expires_at: Millis,
    },
    /// The session of a signed-in browser.
    Session {
        member: RepId,
        expires_at: Millis,
    },
    /// The access of a visitor to their conversation.
    Chat {
        conversation: ConversationId,
        /// The SHA-256 of the secret of the browser that opened it; none if the browser keeps no secret.
        opener: Option<SecretHash>,
        /// The expiry, which each use extends.
        expires_at: Millis,
    },
    ApiKey(ApiKey),
}

impl Secret {
    /// Returns the instant of the expiry; none if it never expires.
    pub const fn expires_at(&self) -> Option<Millis> {
        match self {
            Secret::LoginLink { expires_at, .. }
            | Secret::Session { expires_at, .. }
            | Secret::Chat { expires_at, .. } => Some(*expires_at),
            Secret::ApiKey(key) => key.ends_at,
        }
    }
}

/// A key with the permissions of a role, for a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The purpose.
    pub name: String,
    pub role: Role,
    /// Who writes with it: a member or an integration; none for a key that writes nothing to leads or to the team.
    pub author: Option<TeamAuthor>,
    /// The member who created it; none for a key made on the command line.
    pub created_by: Option<RepId>,
    /// The instant from which it is no longer valid; none if it never ends.
    pub ends_at: Option<Millis>,
}

/// A program that writes by its own name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integration {
    pub id: IntegrationId,
    /// The name, one of its own.
    pub name: String,
    pub created_at: Millis,
}

impl Integration {
    /// Returns the name that the team reads, marked: it is no person.
    pub fn display_name(&self) -> String {
        format!("{} (integration)", self.name)
    }
}

/// A stored secret, without its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSecret {
    /// The access that it gives.
    pub secret: Secret,
    pub created_at: Millis,
    /// The approximate instant of the last use; none before the first.
    pub used_at: Option<Millis>,
}

/// An API key in the list of all keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKey {
    /// The SHA-256 of the key.
    pub hash: SecretHash,
    pub key: ApiKey,
    pub created_at: Millis,
    /// The approximate instant of the last use; none before the first.
    pub used_at: Option<Millis>,
}

/// A session of a member in a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// The SHA-256 of its token.
    pub hash: SecretHash,
    /// The instant of sign-in.
    pub since: Millis,
    pub expires_at: Millis,
    /// The approximate instant of the last use.
    pub used_at: Option<Millis>,
}

/// Writing members and secrets.
pub trait MemberLedger {
    /// Stores a new member.
    fn create_member(&mut self, member: &Member, now: Millis) -> Result<(), StoreError>;

    /// Changes a member's address, role, state, availability and profile.
    fn save_member(&mut self, member: &Member) -> Result<(), StoreError>;

    /// Stores the picture of a member in place of the previous one; none removes it.
    fn save_picture(
        &mut self,
        member: RepId,
        picture: Option<(PictureId, &[u8])>,
        now: Millis,
    ) -> Result<(), StoreError>;

    /// Stores a new secret.
    fn save_secret(&mut self, hash: SecretHash, secret: &Secret, now: Millis) -> Result<(), StoreError>;

    /// Deletes a secret and returns it.
    fn take_secret(&mut self, hash: SecretHash) -> Result<Option<Secret>, StoreError>;

    /// Records that a secret was used; `expires_at` changes its expiry.
    fn use_secret(&mut self, hash: SecretHash, at: Millis, expires_at: Option<Millis>) -> Result<(), StoreError>;

    /// Deletes the tokens of a conversation with which a browser opened it.
    fn forget_tokens_of(&mut self, conversation: ConversationId, opener: Option<SecretHash>) -> Result<(), StoreError>;

    /// Deletes all sessions, sign-in links and API keys of a member.
    fn forget_secrets_of(&mut self, member: RepId) -> Result<(), StoreError>;

    /// Stores a new integration.
    fn create_integration(&mut self, integration: &Integration) -> Result<(), StoreError>;

    /// Deletes all secrets that expired before `now`.
    fn forget_expired(&mut self, now: Millis) -> Result<(), StoreError>;
}

/// Reading members and secrets.
pub trait MemberView {
    /// The member with this address, removed ones included.
    fn member_by_email(&self, email: &str) -> Result<Option<Member>, StoreError>;

    /// The first admin who has signed in.
    fn first_admin(&self) -> Result<Option<Member>, StoreError>;

    /// Returns the members, in the order of their invitation, without removed ones.
    fn members(&self) -> Result<Vec<Member>, StoreError>;

    /// The sessions of a member that have not expired, the latest first.
    fn sessions(&self, member: RepId, now: Millis) -> Result<Vec<OpenSession>, StoreError>;

    /// The access that a secret gives, expired or not.
    fn secret(&self, hash: SecretHash) -> Result<Option<StoredSecret>, StoreError>;

    /// Returns the conversations of which a browser has a token, the last opened first.
    fn opened_by(&self, opener: SecretHash) -> Result<Vec<ConversationId>, StoreError>;

    /// Returns all API keys, the latest first, also ended ones.
    fn api_keys(&self) -> Result<Vec<KnownKey>, StoreError>;

    /// An integration; it stays when its keys are revoked.
    fn integration(&self, id: IntegrationId) -> Result<Option<Integration>, StoreError>;

    /// All integrations, by name.
    fn integrations(&self) -> Result<Vec<Integration>, StoreError>;

    /// The content of a picture of a member: a JPEG.
    fn picture(&self, id: PictureId) -> Result<Option<Vec<u8>>, StoreError>;

    /// Returns a member, also a removed one: references to them keep their name.
    fn member(&self, id: RepId) -> Result<Option<Member>, StoreError>;
}
