//! Words of vocabularies, read by clients that may be older than the server.

use core::fmt;
use knock_crm::{CreateContact, PropertyType};
use knock_intent::{FunnelStage, TypeWhy};
use knock_model::{
    ActorKind, AuditAction, CalendarProvider, ContactField, CrmSystem, DeliveryState, EnrichedField, EventType,
    FirstStep, ReceivedKind, Role, SignalType, SourceKind, SourceState, TimelineEventKind, Vocabulary,
};
use knock_routing::{Funnel, Note, Outcome, Reason, RepState, SkipReason};
use knock_status::chat::{ChatOwner, ChatStatus, EventKind, Flag, Folder, Rejecter, StatusCause, StatusRule};
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

/// The kind of an actor.
pub type ActorKindWord = Word<ActorKind>;
/// An action on the workspace.
pub type AuditActionWord = Word<AuditAction>;
/// A provider of calendars.
pub type CalendarProviderWord = Word<CalendarProvider>;
/// `Chat Owner`.
pub type ChatOwnerWord = Word<ChatOwner>;
/// The rule that gave a Chat Status.
pub type StatusRuleWord = Word<StatusRule>;
/// `Chat Status`.
pub type ChatStatusWord = Word<ChatStatus>;
/// A detail of a contact.
pub type ContactFieldWord = Word<ContactField>;
/// The state of a delivery.
pub type DeliveryStateWord = Word<DeliveryState>;
/// The event that creates a contact in a CRM.
pub type CreateContactWord = Word<CreateContact>;
/// A CRM.
pub type CrmSystemWord = Word<CrmSystem>;
/// The type of a CRM property.
pub type PropertyTypeWord = Word<PropertyType>;
/// A field that enrichment can fill.
pub type EnrichedFieldWord = Word<EnrichedField>;
/// An event that webhooks subscribe to.
pub type EventTypeWord = Word<EventType>;
/// A step of the first setup.
pub type FirstStepWord = Word<FirstStep>;
/// A kind of fact of a chat.
pub type EventKindWord = Word<EventKind>;
/// A flag that a person should look at.
pub type FlagWord = Word<Flag>;
/// The view of the inbox that has a chat.
pub type FolderWord = Word<Folder>;
/// The funnel stage of a lead or a company.
pub type FunnelStageWord = Word<FunnelStage>;
/// Chat or meeting.
pub type FunnelWord = Word<Funnel>;
/// A note on a decision.
pub type NoteWord = Word<Note>;
/// The outcome for a lead.
pub type OutcomeWord = Word<Outcome>;
/// The reason of an assignment.
pub type ReasonWord = Word<Reason>;
/// Whether a member takes leads now.
pub type RepStateWord = Word<RepState>;
/// `Rejected By`.
pub type RejecterWord = Word<Rejecter>;
/// The role of a member.
pub type RoleWord = Word<Role>;
/// The type of a signal.
pub type SignalTypeWord = Word<SignalType>;
/// The reason for which a member of a pool was skipped.
pub type SkipReasonWord = Word<SkipReason>;
/// What a received mail is.
pub type ReceivedKindWord = Word<ReceivedKind>;
/// The kind of a source of knowledge.
pub type SourceKindWord = Word<SourceKind>;
/// The state of a source of knowledge.
pub type SourceStateWord = Word<SourceState>;
/// The cause of a status change.
pub type StatusCauseWord = Word<StatusCause>;
/// A kind of event on a timeline.
pub type TimelineEventKindWord = Word<TimelineEventKind>;
/// The cause of a decision about an intent type.
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

/// The value for a field that an older server does not send.
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
