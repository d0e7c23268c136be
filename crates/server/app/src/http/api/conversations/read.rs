//! `POST /api/v1/conversations/{id}/read`: the read mark of the signed-in member.

use crate::http::auth::{Allowed, KeyOfMember, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::ReadUpTo;
use knock_model::ConversationId;
use knock_wire::ReadMark;

/// Stores the last message that the signed-in member has read; later ones are unread.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/read", tag = "team", request_body = ReadMark,
    params(("id" = String, Path, description = "Id of the conversation")),
    responses(
        (status = 204, description = "Recorded"),
        (status = 403, description = "The API key is bound to no member"),
        (status = 404, description = "Conversation not found"),
    ))]
pub(super) async fn post(
    allowed: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(mark): JsonBody<ReadMark>,
) -> Result<StatusCode, Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let member = allowed.caller.need_member()?;
    let command = ReadUpTo { member: member.id, conversation, seq: mark.seq };
    let is_known = state.core.writer.commit(command).await?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
