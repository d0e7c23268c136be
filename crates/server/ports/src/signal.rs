//! Signals in the store.

use crate::{Client, Conversation, Cursor, DetailText, Span, StoreError};
use knock_intent::Weighed;
use knock_model::{AccountId, Category, LeadId, Millis, SessionId, SignalId, SignalType, SiteId, ViewId, VisitorId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A signal that passed all checks, ready to be stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewSignal {
    /// Its id.
    pub id: SignalId,
    /// The session.
    pub session: SessionId,
    /// The type.
    pub kind: SignalType,
    /// The instant of the action, corrected by the sender's clock.
    pub at: Millis,
    /// The instant of arrival at the server.
    pub received_at: Millis,
    /// Whether `at` had to be moved into the 30 days before its arrival.
    pub clamped: bool,
    /// The category.
    pub category: Category,
    /// The weight in the score.
    pub strength: f64,
    /// Its number in the session.
    pub seq: Option<u64>,
    /// The page view it happened on.
    pub view: Option<ViewId>,
    /// The properties that are shown only.
    pub detail: DetailText,
}

/// A signal with whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSignal {
    /// The site it came from.
    pub site: SiteId,
    /// The browser.
    pub visitor: VisitorId,
    /// The person, once known.
    pub lead: Option<LeadId>,
    /// The signal.
    pub signal: NewSignal,
}

/// The data of a page view about the origin and the activity of a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageView {
    /// The instant of the page view.
    pub at: Millis,
    /// The session.
    pub session: SessionId,
    /// The page.
    pub url: String,
    /// The page before it.
    pub referrer: String,
    /// The client, if it is the first page view of its batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<Client>,
}

/// The signals that a timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineScope {
    /// Everybody's, by arrival.
    All,
    /// A person's, by when they happened.
    Lead(LeadId),
    /// All of a company's persons, by when they happened.
    Account(AccountId),
}

/// The activity of a lead on the pages before the first message, as far as routing uses it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journey {
    /// The page views of the session in which they opened the chat, oldest first.
    pub views: Vec<PageView>,
    /// The sessions of that browser: the first ones.
    pub sessions: BTreeSet<SessionId>,
    /// The first page view of the person, in whichever browser it was; it stays the first.
    pub first: Option<PageView>,
}

/// Writing signals.
pub trait SignalLedger {
    /// Stores a signal; false when its id was there before.
    fn append_signal(&mut self, site: SiteId, visitor: VisitorId, signal: &NewSignal) -> Result<bool, StoreError>;

    /// Notes that signals of a browser arrived at an instant: only what is noted is found by its arrival.
    fn note_arrival(&mut self, site: SiteId, visitor: VisitorId, received_at: Millis) -> Result<(), StoreError>;
}

/// Reading signals.
pub trait SignalView {
    /// Number and instant of the numbered signals of a session between two instants; numbers that count only.
    fn numbered(
        &self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        from: Millis,
        to: Millis,
    ) -> Result<Vec<(u32, Millis)>, StoreError>;

    /// The category of one signal of this visitor.
    fn category_of(&self, site: SiteId, visitor: VisitorId, id: SignalId) -> Result<Option<Category>, StoreError>;

    /// Whether visible time of this page view has already counted.
    fn is_engaged(&self, site: SiteId, visitor: VisitorId, view: ViewId) -> Result<bool, StoreError>;

    /// A form of a part of a browser's life that was sent about an instant with an address that is believed: a
    /// `form_submit` with an `identify`.
    fn form_with_address(&self, span: &Span, session: SessionId, at: Millis) -> Result<Option<SignalId>, StoreError>;

    /// The activity on the pages up to but not including `until`.
    fn journey(&self, conversation: &Conversation, until: Millis) -> Result<Journey, StoreError>;

    /// The page views of a session before an instant, oldest first, at most `limit`; of those that are still kept.
    fn views_of_session(
        &self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        to: Millis,
        limit: u32,
    ) -> Result<Vec<PageView>, StoreError>;

    /// The signals of a visitor from `from` up to but not including `to`, by instant and id.
    fn weighed(&self, site: SiteId, visitor: VisitorId, from: Millis, to: Millis) -> Result<Vec<Weighed>, StoreError>;
}

/// Reading signals.
pub trait TimelineView {
    /// One signal.
    fn signal(&self, site: SiteId, visitor: VisitorId, id: SignalId) -> Result<Option<StoredSignal>, StoreError>;

    /// One page of a timeline, newest first, of what had arrived by an instant.
    fn timeline(
        &self,
        scope: TimelineScope,
        before: Option<Cursor>,
        arrived_by: Millis,
        limit: u32,
    ) -> Result<Vec<StoredSignal>, StoreError>;
}
