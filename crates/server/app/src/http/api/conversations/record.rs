//! `GET /api/v1/conversations/{id}`: one conversation, with its history.

use crate::http::api::instant::{Instant, InstantQuery};
use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::{Path, Query};
use crate::http::files::link;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_model::ConversationId;
use knock_wire::ConversationRecord;
use std::sync::Arc;

/// One conversation: messages, the history of its status with reasons, its routing decisions.
#[utoipa::path(get, path = "/api/v1/conversations/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the conversation"), InstantQuery),
    responses(
        (status = 200, description = "The conversation", body = ConversationRecord),
        (status = 400, description = "`at` is not a past instant, or precedes the retention period"),
        (status = 404, description = "Conversation not found or not open yet"),
    ))]
pub(super) async fn get(
    _: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<InstantQuery>,
) -> Result<Json<ConversationRecord>, Problem> {
    let id = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let now = state.core.clock.now();
    let instant = Instant::parse(query.at.as_deref(), now)?;
    let store = Arc::clone(&state.core.store);
    let mut record = instant.show(store, move |presenter, _| presenter.conversation_record(id)).await?;
    link(&mut record.messages, &state.core.key, now);
    Ok(Json(record))
}
