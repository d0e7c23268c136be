//! `GET /api/v1/live`: what the server tells an open dashboard.

use crate::{AccountRow, ContactRow, ConversationRow, TimelineEntry};
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
    /// Signals of the site with this key could not be used: ask for its refused signals again. At most one a second.
    Refused(String),
    /// What the AI agent knows of the site with this key changed, or where a source of it stands: ask for it again.
    Knowledge(String),
    /// Events were missed: ask for everything shown again.
    Missed(u64),
}
