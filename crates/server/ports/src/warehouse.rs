//! What a warehouse reads: all rows of a table by pages, each row once.

use crate::{Conversation, Cursor, Decided, Meeting, Message, StoreError, StoredSignal};
use knock_model::{ConversationId, LeadId, Millis, SignalId, SiteId, VisitorId};

/// The rows whose instants lie from one up to but not including another, at most so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub from: Millis,
    pub to: Millis,
    pub limit: u32,
}

/// A row, and whether its lead is marked as spam; false without a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked<T> {
    pub row: T,
    pub is_spam: bool,
}

/// The place of a signal in the order of arrival; the order of the fields is that of signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignalPlace {
    pub received_at: Millis,
    pub site: SiteId,
    pub visitor: VisitorId,
    pub id: SignalId,
}

/// The place of a message in the order of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenPlace {
    pub at: Millis,
    pub conversation: ConversationId,
    pub seq: u64,
}

/// A message with where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenMessage {
    pub conversation: ConversationId,
    /// The lead of the conversation now.
    pub lead: LeadId,
    pub site: SiteId,
    pub message: Message,
}

/// What is packed of a lead's chat or way to a meeting; empty where its facts have to be read instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedCourse {
    pub lead: LeadId,
    pub course: Vec<u8>,
    /// Whether the lead is marked as spam.
    pub is_spam: bool,
}

/// Reading for a warehouse. A page is what follows a place; without one, it is the first of its stretch.
pub trait WarehouseView {
    /// Returns signals by their arrival.
    fn warehouse_signals(
        &self,
        stretch: Stretch,
        after: Option<SignalPlace>,
    ) -> Result<Vec<Marked<StoredSignal>>, StoreError>;

    /// Returns messages by the instant of writing.
    fn warehouse_messages(
        &self,
        stretch: Stretch,
        after: Option<WrittenPlace>,
    ) -> Result<Vec<Marked<WrittenMessage>>, StoreError>;

    /// Returns the first conversation of each lead, by its opening; the id of its place is that of the lead.
    fn warehouse_chats(&self, stretch: Stretch, after: Option<Cursor>)
    -> Result<Vec<Marked<Conversation>>, StoreError>;

    /// Returns meetings by the instant of booking.
    fn warehouse_meetings(&self, stretch: Stretch, after: Option<Cursor>) -> Result<Vec<Marked<Meeting>>, StoreError>;

    /// Returns decisions of routing by their instant.
    fn warehouse_decisions(&self, stretch: Stretch, after: Option<Cursor>) -> Result<Vec<Marked<Decided>>, StoreError>;

    /// Returns the packed chats by their leads, spam included: the first ones after a lead.
    fn chat_courses(&self, after: Option<LeadId>, limit: u32) -> Result<Vec<MarkedCourse>, StoreError>;

    /// Returns the packed ways to a meeting likewise.
    fn meeting_courses(&self, after: Option<LeadId>, limit: u32) -> Result<Vec<MarkedCourse>, StoreError>;

    /// Returns an instant before which nothing has a row, as close as it is known; none without any row.
    fn warehouse_begin(&self) -> Result<Option<Millis>, StoreError>;
}
