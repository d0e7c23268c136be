//! `GET /api/v1/conversations`: the inbox's lines.

use super::filter::{Asked, Filter};
use crate::http::api::page::{Page, next, page};
use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::sites::SiteDirectory;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_model::{LeadId, RepId};
use knock_ports::{ChatSummary, Clock, Cursor, InboxQuery, Store, StoreError, View};
use knock_status::chat::InboxView;
use knock_wire::{ConversationPage, ConversationRow, InboxCounts};
use std::sync::Arc;

/// The conversations of a view of the inbox, with the number in each view. In views of open ones, leads who have
/// waited longest for a human come first: a High score counts as a day more of waiting, Medium as 4 hours. Leads who
/// do not wait follow, last active first. `order` chooses another order. A search or a filter examines 5,000
/// conversations for a page, so a page can have fewer than requested, and `next` continues.
#[utoipa::path(get, path = "/api/v1/conversations", tag = "team", params(Filter), responses(
    (status = 200, description = "A page of conversations", body = ConversationPage),
))]
pub(super) async fn get(
    allowed: Allowed<UseInbox>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    State(sites): State<Arc<SiteDirectory>>,
    Query(filter): Query<Filter>,
) -> Result<Json<ConversationPage>, Problem> {
    let page = page("after", filter.after.as_deref(), filter.limit)?;
    let now = clock.now();
    let reader = allowed.caller.who.member_id();
    let asked = Asked { member: reader, sites: &sites, now };
    let query = asked.query(&filter, &page)?;
    let is_spam = filter.spam;
    let found = read(store, move |view| {
        let lines = Lines { view, presenter: Presenter::new(view, now)?, reader };
        match query {
            Some(query) => lines.of_view(&query),
            None => lines.last_active(is_spam, &page),
        }
    });
    found.await.map(Json)
}

/// The data that rows are built from.
struct Lines<'v> {
    view: &'v dyn View,
    presenter: Presenter<'v>,
    /// The member who reads; none for an API key.
    reader: Option<RepId>,
}

impl Lines<'_> {
    fn of_view(&self, query: &InboxQuery) -> Result<ConversationPage, StoreError> {
        let found = self.view.inbox(query)?;
        let counts = self.view.inbox_counts(query.member)?;
        let of = |view| counts.of(view);
        let counts = InboxCounts {
            mine: of(InboxView::Mine),
            mentions: of(InboxView::Mentions),
            unassigned: of(InboxView::Unassigned),
            waiting: of(InboxView::Waiting),
            follow_up: of(InboxView::FollowUp),
            open: of(InboxView::Open),
            snoozed: of(InboxView::Snoozed),
            done: of(InboxView::Done),
            closed: of(InboxView::Closed),
            rejected: of(InboxView::Rejected),
            spam: of(InboxView::Spam),
        };
        let next = found.next.map(Cursor::to_text);
        let mut conversations = self.rows(&found.chats)?;
        self.presenter.add_hits(&mut conversations, &query.search)?;
        Ok(ConversationPage { conversations, counts: Some(counts), next })
    }

    fn last_active(&self, is_spam: bool, page: &Page) -> Result<ConversationPage, StoreError> {
        let chats = self.view.chats(is_spam, page.from, page.limit)?;
        let next = next(&chats, page.limit, |chat| Cursor { at: chat.active_at, id: *chat.lead.as_bytes() });
        Ok(ConversationPage { conversations: self.rows(&chats)?, counts: None, next })
    }

    fn rows(&self, chats: &[ChatSummary]) -> Result<Vec<ConversationRow>, StoreError> {
        let leads: Vec<LeadId> = chats.iter().map(|chat| chat.lead).collect();
        self.presenter.conversation_rows(&leads, self.reader)
    }
}
