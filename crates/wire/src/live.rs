//! `GET /api/v1/live`: what the server tells an open dashboard.

#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, LeadIdSchema, MeetingIdSchema, MillisSchema};
use crate::{AccountRow, ContactRow, ConversationRow, Presence, TimelineEntry};
use knock_model::{ConversationId, LeadId, MeetingId, Millis};
use serde::{Deserialize, Serialize};

/// One text frame of the live feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LiveEvent {
    /// A signal was stored; `points` is what it gives to its contact's score now.
    Signal(TimelineEntry),
    /// A contact changed.
    Contact(ContactRow),
    /// An account changed.
    Account(AccountRow),
    /// A conversation changed: its status, its messages, its lead.
    Conversation(Box<ConversationRow>),
    /// An internal note was written in the conversation with this id: ask for it again.
    Note(ConversationId),
    /// A change of presence in a conversation: a member views it or types, or the lead types.
    Presence(Presence),
    /// A meeting was booked, moved, assigned to another member, or cancelled.
    Meeting(MeetingChanged),
    /// A note names the calling member, or a reminder of theirs is due: no one else gets this event.
    Personal(PersonalNotice),
    /// Signals of the site with this key could not be used: ask for its refused signals again. At most one a second.
    Refused(String),
    /// A change of the knowledge of the site with this key, or of the state of one of its sources: it should be loaded
    /// again.
    Knowledge(String),
    /// Events were missed: ask for everything shown again.
    Missed(u64),
}

/// An event that concerns one member alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalNotice {
    /// What it is.
    pub what: PersonalNoticeKind,
    /// The lead.
    pub lead: LeadId,
    /// The display name of the lead.
    pub name: String,
    /// The conversation; none for a reminder about a lead without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<ConversationId>,
    /// The name of the author of the note; empty for a reminder.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The note, or the text of the reminder.
    #[serde(default)]
    pub text: String,
}

/// The kind of an event that concerns one member alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PersonalNoticeKind {
    /// A colleague named the member in a note.
    Mention,
    /// A reminder of the member is due.
    Reminder,
}

/// A change of a meeting that its owner is notified of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingChanged {
    /// The meeting.
    pub id: MeetingId,
    /// Its lead.
    pub lead: LeadId,
    /// The change.
    pub what: MeetingChangeKind,
    /// The e-mail address of its owner.
    pub owner: String,
    /// The e-mail address of the member who owned it before, if it was assigned to another one; of a change in a calendar,
    /// of the member whose calendar that is, if they are not its owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<String>,
    /// The e-mail address of the member who changed it; none for the lead, an API key and the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The name that the lead gave, else the address.
    pub name: String,
    /// Its start, in ms since 1970.
    pub start_at: Millis,
}

/// What changed of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeetingChangeKind {
    /// It is new.
    Booked,
    /// It has another start.
    Moved,
    /// It has another owner.
    Assigned,
    /// It was cancelled.
    Cancelled,
    /// A member moved its event in their own calendar; the meeting stays until that is applied or undone.
    CalendarMoved,
    /// A member deleted its event there, likewise.
    CalendarDeleted,
}
