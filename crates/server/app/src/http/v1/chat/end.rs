//! `POST /v1/chat/{conversation}/end`: the visitor ends the chat.

use super::state_of::{fresh_id, shown_state};
use super::visitor::let_in;
use crate::http::admission::ClientAddress;
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use knock_engine::commands::EndChat;
use knock_wire::VisitorChatState;

/// Ends a chat: for the team nothing is left to do in it, until the visitor writes again. Chat Status stays. A chat that is
/// ended stays so.
#[utoipa::path(post, path = "/v1/chat/{conversation}/end", tag = "visitor",
    params(("conversation" = String, Path, description = "The conversation")),
    responses(
        (status = 200, description = "Ended", body = VisitorChatState),
        (status = 401, description = "Token of another conversation"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn post(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
) -> Result<Json<VisitorChatState>, Problem> {
    let conversation = let_in(&state, from, &headers, &conversation).await?;
    state.limiter.message(conversation, from, "")?;
    let command = EndChat { conversation, id: fresh_id(&state), now: state.core.clock.now() };
    if !state.core.writer.commit(command).await? {
        return Err(Problem::unauthorized());
    }
    shown_state(&state, conversation).await
}
