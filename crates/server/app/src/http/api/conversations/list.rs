//! `GET /api/v1/conversations`: the inbox's lines.

use crate::http::api::page::{next, page};
use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Cursor, Store};
use knock_wire::ConversationPage;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Those marked as spam instead of the others.
    #[serde(default)]
    spam: bool,
    /// Where to go on: `next` of the page before.
    after: Option<String>,
    /// How many, 1 to 200.
    limit: Option<u32>,
}

/// The conversations, last active first; without those marked as spam unless asked for.
#[utoipa::path(get, path = "/api/v1/conversations", tag = "team", params(Filter), responses(
    (status = 200, description = "A page of conversations", body = ConversationPage),
))]
pub(super) async fn get(
    _: Allowed<UseInbox>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(filter): Query<Filter>,
) -> Result<Json<ConversationPage>, Problem> {
    let page = page("after", filter.after.as_deref(), filter.limit)?;
    let now = clock.now();
    let found = read(store, move |view| {
        let presenter = Presenter::new(view, now)?;
        let chats = view.chats(filter.spam, page.from, page.limit)?;
        let next = next(&chats, page.limit, |chat| Cursor { at: chat.active_at, id: *chat.lead.as_bytes() });
        let rows = chats.iter().filter_map(|chat| presenter.conversation_row(chat).transpose());
        Ok(ConversationPage { conversations: rows.collect::<Result<_, _>>()?, next })
    });
    found.await.map(Json)
}
