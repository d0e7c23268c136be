//! Words of vocabularies, read by clients that may be older than the server.

use core::fmt;
use knock_crm::{CreateContact, PropertyType};
use knock_intent::TypeWhy;
use knock_model::{
    ActorKind, AuditAction, DeliveryState, EnrichedField, EventType, Role, SourceKind, SourceState, Vocabulary,
};
use knock_routing::{Funnel, Note, Outcome, Reason, RepState, SkipReason};
use knock_status::chat::{ChatOwner, ChatStatus, Flag, Folder, Rejecter, StatusCause, StatusRule};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// A word of a vocabulary. One that only a newer server knows is kept, and shown as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word<T> {
    /// A word that this version knows.
    Known(T),
    /// Any other word.
    Unknown(String),
}

/// What kind of actor made a change.
pub type ActorKindWord = Word<ActorKind>;
/// What was done to the workspace.
pub type AuditActionWord = Word<AuditAction>;
/// `Chat Owner`.
pub type ChatOwnerWord = Word<ChatOwner>;
/// The rule that gave a Chat Status.
pub type StatusRuleWord = Word<StatusRule>;
/// `Chat Status`.
pub type ChatStatusWord = Word<ChatStatus>;
/// Where a delivery stands.
pub type DeliveryStateWord = Word<DeliveryState>;
/// What makes a contact in a CRM.
pub type CreateContactWord = Word<CreateContact>;
/// What values a property of a CRM takes.
pub type PropertyTypeWord = Word<PropertyType>;
/// A field that enrichment can fill.
pub type EnrichedFieldWord = Word<EnrichedField>;
/// An event that webhooks subscribe to.
pub type EventTypeWord = Word<EventType>;
/// What a person should look at.
pub type FlagWord = Word<Flag>;
/// Where the inbox keeps a chat.
pub type FolderWord = Word<Folder>;
/// Chat or meeting.
pub type FunnelWord = Word<Funnel>;
/// What else to know about a decision.
pub type NoteWord = Word<Note>;
/// What became of a lead.
pub type OutcomeWord = Word<Outcome>;
/// Why a lead was given to somebody.
pub type ReasonWord = Word<Reason>;
/// Whether a member takes leads now.
pub type RepStateWord = Word<RepState>;
/// `Rejected By`.
pub type RejecterWord = Word<Rejecter>;
/// What a member may do.
pub type RoleWord = Word<Role>;
/// Why a member of a pool was passed over.
pub type SkipReasonWord = Word<SkipReason>;
/// What a source of knowledge is.
pub type SourceKindWord = Word<SourceKind>;
/// Where a source of knowledge stands.
pub type SourceStateWord = Word<SourceState>;
/// What changed a status.
pub type StatusCauseWord = Word<StatusCause>;
/// What decided an intent type.
pub type TypeWhyWord = Word<TypeWhy>;

impl<T: Vocabulary> Word<T> {
    /// The word with this spelling.
    pub fn parse(text: &str) -> Word<T> {
        T::parse(text).map_or_else(|| Word::Unknown(text.to_owned()), Word::Known)
    }

    /// Its spelling.
    pub fn spelling(&self) -> Cow<'_, str> {
        match self {
            Word::Known(word) => word.spelling(),
            Word::Unknown(text) => Cow::Borrowed(text),
        }
    }
}

impl<T> Word<T> {
    /// The value, when this version knows the word.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Word::Known(word) => Some(word),
            Word::Unknown(_) => None,
        }
    }
}

impl<T> From<T> for Word<T> {
    fn from(word: T) -> Word<T> {
        Word::Known(word)
    }
}

/// What an older server did not say.
impl<T> Default for Word<T> {
    fn default() -> Word<T> {
        Word::Unknown(String::new())
    }
}

impl<T: Vocabulary> fmt::Display for Word<T> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.spelling())
    }
}

impl<T: Vocabulary> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.spelling())
    }
}

impl<'de, T: Vocabulary> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Word<T>, D::Error> {
        Ok(Word::parse(&Cow::<str>::deserialize(from)?))
    }
}
