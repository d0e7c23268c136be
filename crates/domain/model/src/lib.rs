//! The vocabulary of Knock: ids, signals, categories, instants, e-mail addresses.
//!
//! No type here depends on a clock, randomness or I/O. Outside text becomes one of these types once, at the edge, by
//! `parse`.
#![no_std]

extern crate alloc;

mod access;
mod agent;
mod audit;
mod backoff;
mod calendar_changes;
mod calendar_provider;
mod card;
pub mod catalogue;
mod category;
mod contact_field;
mod crm_system;
mod custom_field;
mod display_name;
mod email;
mod enriched_field;
mod file;
mod first_step;
mod ids;
mod intent;
mod knowledge;
pub mod look;
#[cfg(feature = "mail-domains")]
mod mail_domain;
mod meeting;
pub mod message;
mod outbox;
mod phone;
mod placeholder;
mod received_mail;
#[cfg(feature = "search")]
pub mod search;
mod signal;
mod tag;
pub mod text;
mod time;
mod timeline;
mod trust;
mod unreachable_calendar;
mod vocabulary;

pub use access::{AvailabilityState, HoursFor, MemberState, Permission, Role};
pub use agent::AI_AGENT;
pub use audit::{ActorKind, AuditAction};
pub use backoff::Backoff;
pub use calendar_changes::CalendarChanges;
pub use calendar_provider::CalendarProvider;
pub use card::{CardCalendar, CardKind};
pub use category::Category;
pub use contact_field::{ContactField, DetailSource};
pub use crm_system::CrmSystem;
pub use custom_field::{CustomFieldSource, CustomFieldType};
pub use display_name::display_name;
pub use email::{Email, InvalidEmail, is_near};
pub use enriched_field::EnrichedField;
pub use file::FileKind;
pub use first_step::FirstStep;
pub use ids::{
    AccountId, AnswerId, CalendarAccountId, ConversationId, FileId, IntegrationId, InvalidId, LeadId, MeetingId,
    MessageId, NoteId, NudgeId, PictureId, ReminderId, RepId, SavedReplyId, SavedViewId, SessionId, SignalId, SiteId,
    SourceId, TagId, ViewId, VisitorId, WebhookId, WorkflowId,
};
pub use intent::{Bucket, IntentType};
pub use knowledge::{SourceKind, SourceState};
#[cfg(feature = "mail-domains")]
pub use mail_domain::{MailKind, is_fake};
pub use meeting::MeetingState;
pub use outbox::{DeliveryState, Destination, DestinationKind, EffectKind, EventType};
pub use phone::{InvalidPhone, Phone};
pub use placeholder::{MEETING, Place, Placeholder, fill, fill_by, first_name, places};
pub use received_mail::{MessageChannel, ReceivedKind};
pub use signal::{LinkKind, OLDEST_SIGNAL, SignalType};
pub use tag::{LONGEST_TAG, TagColor, tag_name};
pub use text::{Answer, Description, Label, Location, PersonName, Reason, Subject};
pub use time::Millis;
pub use timeline::{TimelineEventKind, TimelinePart};
pub use trust::{IdentifyPolicy, Trust};
pub use unreachable_calendar::UnreachableCalendar;
pub use vocabulary::Vocabulary;

/// The parts of `vocabulary!` for crates without `alloc`.
#[doc(hidden)]
pub mod spelling {
    pub use alloc::borrow::Cow;
    pub use alloc::vec::Vec;
}
