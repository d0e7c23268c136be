//! `POST /api/v1/conversations/{id}/presence`: a member views a conversation, or types in it.

use crate::http::auth::{Allowed, KeyOfMember, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::Presence;
use knock_model::ConversationId;
use knock_wire::PresenceDraft;

/// Reports the presence of the signed-in member in a conversation to the others, and to the lead that a reply is being
/// typed. Send `looking` every 20 seconds while it is open and visible, `writing` at most every three while typing.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/presence", tag = "team", request_body = PresenceDraft,
    params(("id" = String, Path, description = "Id of the conversation")),
    responses(
        (status = 204, description = "Reported"),
        (status = 403, description = "The API key is bound to no member"),
        (status = 404, description = "Conversation not found"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn post(
    allowed: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(PresenceDraft { doing }): JsonBody<PresenceDraft>,
) -> Result<StatusCode, Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let member = allowed.caller.need_member()?;
    state.limiter.presence(member.id)?;
    let is_known = read(state.core.store.clone(), move |view| Ok(view.conversation(conversation)?.is_some())).await?;
    if !is_known {
        return Err(Problem::not_found());
    }
    state.core.writer.commit(Presence { conversation, member: Some(member.id), doing }).await?;
    Ok(StatusCode::NO_CONTENT)
}
