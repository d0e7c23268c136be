//! `GET /api/v1/conversations`: the inbox's lines.

use crate::http::api::page::{Page, next, page};
use crate::http::auth::{Allowed, UseInbox, Who};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_model::{LeadId, RepId};
use knock_ports::{ChatSummary, Clock, Cursor, InboxQuery, Store, StoreError, View};
use knock_status::chat::InboxView;
use knock_wire::{ConversationPage, ConversationRow, FieldError, InboxCounts};
use serde::Deserialize;
use std::sync::Arc;

/// The longest search, in characters.
const LONGEST: usize = 200;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// A view: `mine`, `unassigned`, `waiting` and `open` are of open conversations, `snoozed`, `done`, `closed`,
    /// `rejected` and `spam` of the others; `mentions` is of those whose notes name the caller. Without one, all that are not marked as spam, last active first.
    view: Option<String>,
    /// Part of a lead's address or name, or of a message: only such conversations of the view.
    #[serde(default)]
    q: String,
    /// Without a view: those marked as spam instead of the others.
    #[serde(default)]
    spam: bool,
    /// The cursor: `next` of the page before.
    after: Option<String>,
    /// The number of items, 1 to 200.
    limit: Option<u32>,
}

/// The conversations of a view of the inbox, with the number in each view. In views of open ones, leads who have
/// waited longest for a human come first: a High score counts as 30 minutes more of waiting, Medium as 10. Leads who
/// do not wait follow, last active first. A search examines 5,000 conversations for a page, so a page can have fewer
/// than requested, and `next` continues.
#[utoipa::path(get, path = "/api/v1/conversations", tag = "team", params(Filter), responses(
    (status = 200, description = "A page of conversations", body = ConversationPage),
))]
pub(super) async fn get(
    allowed: Allowed<UseInbox>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(filter): Query<Filter>,
) -> Result<Json<ConversationPage>, Problem> {
    let page = page("after", filter.after.as_deref(), filter.limit)?;
    let now = clock.now();
    let reader = match &allowed.caller.who {
        Who::Member(member) => Some(member.id),
        Who::Key(_) => None,
    };
    let query = query(&filter, &page, reader)?;
    let found = read(store, move |view| {
        let lines = Lines { view, presenter: Presenter::new(view, now)?, reader };
        match query {
            Some(query) => lines.of_view(&query),
            None => lines.last_active(filter.spam, &page),
        }
    });
    found.await.map(Json)
}

/// The requested view; none without one.
fn query(filter: &Filter, page: &Page, member: Option<RepId>) -> Result<Option<InboxQuery>, Problem> {
    let wrong =
        |name: &str, reason: String| Problem::malformed(FieldError { pointer: format!("query/{name}"), reason });
    let search = filter.q.trim();
    if search.chars().count() > LONGEST {
        return Err(wrong("q", format!("is longer than {LONGEST} characters")));
    }
    let Some(word) = &filter.view else {
        return if search.is_empty() { Ok(None) } else { Err(wrong("q", "is for a view only".into())) };
    };
    let view = InboxView::parse(word).ok_or_else(|| {
        let views: Vec<_> = InboxView::ALL.iter().map(|view| view.as_str()).collect();
        wrong("view", format!("expected one of {}", views.join(", ")))
    })?;
    if matches!(view, InboxView::Mine | InboxView::Mentions) && member.is_none() {
        return Err(wrong("view", "an API key has no conversations of its own".into()));
    }
    let (search, after, limit) = (search.to_owned(), page.from, page.limit);
    Ok(Some(InboxQuery { view, member, search, after, limit }))
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
            open: of(InboxView::Open),
            snoozed: of(InboxView::Snoozed),
            done: of(InboxView::Done),
            closed: of(InboxView::Closed),
            rejected: of(InboxView::Rejected),
            spam: of(InboxView::Spam),
        };
        let next = found.next.map(Cursor::to_text);
        Ok(ConversationPage { conversations: self.rows(&found.chats)?, counts: Some(counts), next })
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
