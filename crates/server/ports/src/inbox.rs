//! The views of the inbox: their chats, order and counts.

use crate::{ChatSummary, Cursor, MessageAuthor, OwnerFilter, StoreError, TeamAuthor};
use knock_agent::Language;
use knock_model::search::Search;
use knock_model::{Bucket, ConversationId, IntentType, LeadId, Millis, RepId, SiteId, TagId};
use knock_status::chat::{ChatStatus, InboxOrder, InboxView};

/// A query for a page of the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxQuery {
    pub view: InboxView,
    /// The calling member, whose chats are `mine`.
    pub member: Option<RepId>,
    /// What a lead's name, details, messages or notes have to have; empty for all chats.
    pub search: Search,
    /// Whether a search is in all views but spam.
    pub is_everywhere: bool,
    /// Only the chats that fit all of it.
    pub filter: InboxFilter,
    pub order: InboxOrder,
    /// The cursor: urgency and lead of the last chat of the page before.
    pub after: Option<Cursor>,
    pub limit: u32,
}

impl InboxQuery {
    /// The number of chats that a search or a filter scans for one page.
    pub const SCANNED: u32 = 5_000;

    /// The first chats of a whole view, most urgent first.
    pub fn first(view: InboxView, member: Option<RepId>, limit: u32) -> InboxQuery {
        let (filter, order) = (InboxFilter::default(), InboxOrder::default());
        let search = Search::default();
        InboxQuery { view, member, search, is_everywhere: false, filter, order, after: None, limit }
    }
}

/// A filter of the chats of a view; the default one fits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxFilter {
    pub owner: Option<OwnerFilter>,
    /// One of these; empty for every status.
    pub statuses: Vec<ChatStatus>,
    pub intent_type: Option<IntentType>,
    /// The intent score; a lead without one has a Low one.
    pub score: Option<Bucket>,
    /// A tag of the lead.
    pub tag: Option<TagId>,
    /// The site of the lead's newest conversation.
    pub site: Option<SiteId>,
    /// The language of the lead's newest conversation.
    pub language: Option<Language>,
    /// Whether the lead has to wait for a human.
    pub is_waiting: bool,
    /// The instant at which the lead has to be on the site, as `leads_on_site` says; none wherever they are.
    pub on_site_at: Option<Millis>,
}

impl InboxFilter {
    /// Whether it fits every chat.
    pub fn is_empty(&self) -> bool {
        *self == InboxFilter::default()
    }
}

/// A page of a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxPage {
    /// The chats in the order of the query.
    pub chats: Vec<ChatSummary>,
    /// The cursor of the next page; none at the end. A search or a filter that has scanned [`InboxQuery::SCANNED`] chats
    /// continues there too.
    pub next: Option<Cursor>,
}

/// The number of chats in each view, up to the limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InboxCounts(pub [u32; InboxView::ALL.len()]);

impl InboxCounts {
    /// The limit of counting in a view, which stands for that many or more.
    pub const MOST: u32 = 10_000;

    /// Returns the count of a view.
    pub fn of(&self, view: InboxView) -> u32 {
        self.0.get(view.index()).copied().unwrap_or_default()
    }
}

/// Who wrote a found text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundAuthor {
    /// A message, by its number and author.
    Message(u64, MessageAuthor),
    /// A note for the team.
    Note(TeamAuthor),
}

/// A message or note in which a search found a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundText {
    pub lead: LeadId,
    pub conversation: ConversationId,
    pub author: FoundAuthor,
    pub text: String,
    pub at: Millis,
}

impl FoundText {
    /// The most messages, and the most notes, that are returned for a page.
    pub const MOST: u32 = 1_000;
}

/// Reading the inbox by its views.
pub trait InboxLists {
    /// A page of a view.
    fn inbox(&self, query: &InboxQuery) -> Result<InboxPage, StoreError>;

    /// The messages and notes of these leads that have a word of a search, newest first.
    fn found_texts(&self, leads: &[LeadId], search: &Search) -> Result<Vec<FoundText>, StoreError>;

    /// The number of chats in each view for a member; without one, `mine` is empty.
    fn inbox_counts(&self, member: Option<RepId>) -> Result<InboxCounts, StoreError>;

    /// Prefetches the data for the list rows of these leads at an instant, with the unread messages of a member, where
    /// one query after another is slow. Affects latency only.
    fn foresee_lines(&self, leads: &[LeadId], reader: Option<RepId>, now: Millis) -> Result<(), StoreError>;

    /// Returns leads whose chat was stored by a version that did not store its owner, or its last messages.
    fn outdated_chats(&self, limit: u32) -> Result<Vec<LeadId>, StoreError>;
}
