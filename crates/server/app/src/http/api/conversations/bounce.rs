//! `DELETE /api/v1/conversations/{id}/bounce`: replies are mailed to an address again from which a mail was returned.

use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::MailAnyway;
use knock_model::ConversationId;

/// Forgets that a mail to the lead's address in this conversation was returned: replies are mailed there again.
#[utoipa::path(delete, path = "/api/v1/conversations/{id}/bounce", tag = "team",
    params(("id" = String, Path, description = "Id of the conversation")),
    responses(
        (status = 204, description = "Replies are mailed again"),
        (status = 404, description = "Conversation not found, or no mail to its address was returned"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let change = MailAnyway { conversation, now: state.core.clock.now() };
    let was_there = state.core.make(caller.actor(), change).await?;
    if was_there == Some(true) { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
