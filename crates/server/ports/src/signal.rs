//! Signals in the store.

use crate::{Client, Conversation, Cursor, DetailText, Span, StoreError};
use knock_intent::Weighed;
use knock_model::{AccountId, Category, LeadId, Millis, SessionId, SignalId, SignalType, SiteId, ViewId, VisitorId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A signal that passed all checks, ready to be stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewSignal {
    pub id: SignalId,
    pub session: SessionId,
    pub kind: SignalType,
    /// The instant of the action, corrected by the sender's clock.
    pub at: Millis,
    /// The instant of arrival at the server.
    pub received_at: Millis,
    /// Whether `at` had to be moved into the 30 days before its arrival.
    pub clamped: bool,
    pub category: Category,
    /// The weight in the score.
    pub strength: f64,
    /// The number in the session.
    pub seq: Option<u64>,
    /// The page view on which it happened.
    pub view: Option<ViewId>,
    /// The properties that are shown only.
    pub detail: DetailText,
}

/// A stored signal, with its browser and person.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSignal {
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The person, once known.
    pub lead: Option<LeadId>,
    pub signal: NewSignal,
}

/// The data of a page view about the origin and the activity of a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageView {
    pub at: Millis,
    pub session: SessionId,
    pub url: String,
    pub referrer: String,
    /// The client, if it is the first page view of its batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<Client>,
}

/// The signals that a timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineScope {
    /// The signals of all visitors, by arrival.
    All,
    /// The signals of a person, by the instant of the action.
    Lead(LeadId),
    /// The signals of all persons of a company, by the instant of the action.
    Account(AccountId),
}

/// The activity of a lead on the pages before the first message, as far as routing uses it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journey {
    /// The page views of the session in which the lead opened the chat, oldest first.
    pub views: Vec<PageView>,
    /// The first sessions of that browser.
    pub sessions: BTreeSet<SessionId>,
    /// The first page view of the person, in any browser and without a time limit.
    pub first: Option<PageView>,
}

/// Writing signals.
pub trait SignalLedger {
    /// Stores a signal; false if its id is stored already.
    fn append_signal(&mut self, site: SiteId, visitor: VisitorId, signal: &NewSignal) -> Result<bool, StoreError>;

    /// Records that signals of a browser arrived at an instant: only recorded arrivals are found by their instant.
    fn note_arrival(&mut self, site: SiteId, visitor: VisitorId, received_at: Millis) -> Result<(), StoreError>;
}

/// An address belongs to a form that was sent so shortly before or after it. They happen at once, but may come in two
/// batches, whose instants are corrected each by its own arrival.
pub const FORM_AND_ADDRESS: Millis = Millis(5_000);

/// Reading signals.
pub trait SignalView {
    /// Returns the number and the instant of a session's signals between two instants; only numbers in the valid range.
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

    /// Whether visible time of this page view is already counted.
    fn is_engaged(&self, site: SiteId, visitor: VisitorId, view: ViewId) -> Result<bool, StoreError>;

    /// Returns a form of a span that was sent around an instant with a trusted address: a `form_submit` with an
    /// `identify`.
    fn form_with_address(&self, span: &Span, session: SessionId, at: Millis) -> Result<Option<SignalId>, StoreError>;

    /// Whether a session has a signal of a type so close to an instant as a form and its address are
    /// ([`FORM_AND_ADDRESS`]).
    fn is_beside(
        &self,
        browser: (SiteId, VisitorId),
        session: SessionId,
        kind: SignalType,
        at: Millis,
    ) -> Result<bool, StoreError>;

    /// The activity on the pages up to but not including `until`.
    fn journey(&self, conversation: &Conversation, until: Millis) -> Result<Journey, StoreError>;

    /// Returns the stored page views of a session before an instant, oldest first, at most `limit`.
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

/// Reading timelines.
pub trait TimelineView {
    /// One signal.
    fn signal(&self, site: SiteId, visitor: VisitorId, id: SignalId) -> Result<Option<StoredSignal>, StoreError>;

    /// Returns one page of a timeline of a person or a company with signals of these types alone, newest first, with
    /// those that had arrived by an instant.
    fn timeline_of_kinds(
        &self,
        scope: TimelineScope,
        kinds: &[SignalType],
        before: Option<Cursor>,
        arrived_by: Millis,
        limit: u32,
    ) -> Result<Vec<StoredSignal>, StoreError>;

    /// Returns one page of a timeline, newest first, with the signals that had arrived by an instant. Those of a lead who
    /// is marked as spam are on the lead's own timeline alone (MS-08).
    fn timeline(
        &self,
        scope: TimelineScope,
        before: Option<Cursor>,
        arrived_by: Millis,
        limit: u32,
    ) -> Result<Vec<StoredSignal>, StoreError>;
}
