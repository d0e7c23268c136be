//! `GET /api/v1/live`: what the server tells an open dashboard.

#[cfg(feature = "openapi")]
use crate::schema::ConversationIdSchema;
use crate::{AccountRow, ContactRow, ConversationRow, Presence, TimelineEntry};
use knock_model::ConversationId;
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
    Conversation(ConversationRow),
    /// An internal note was written in the conversation with this id: ask for it again.
    Note(ConversationId),
    /// A change of presence in a conversation: a member views it or types, or the lead types.
    Presence(Presence),
    /// Signals of the site with this key could not be used: ask for its refused signals again. At most one a second.
    Refused(String),
    /// A change of the knowledge of the site with this key, or of the state of one of its sources: it should be loaded
    /// again.
    Knowledge(String),
    /// Events were missed: ask for everything shown again.
    Missed(u64),
}
