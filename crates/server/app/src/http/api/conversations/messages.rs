//! `POST /api/v1/conversations/{id}/messages`: a rep writes.

use crate::http::auth::{Allowed, UseInbox, Who, foreign_rep};
use crate::http::body::{JsonBody, Path};
use crate::http::message::{checked, numbered};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::RepMessage;
use knock_model::ConversationId;
use knock_wire::{MessageDraft, MessageStored};

/// Stores a message of the signed-in rep, once: sent again under its id it gets the same number.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/messages", tag = "team", request_body = MessageDraft,
    params(("id" = String, Path, description = "Id of the conversation")),
    responses(
        (status = 201, description = "Stored", body = MessageStored),
        (status = 200, description = "Was stored before", body = MessageStored),
        (status = 403, description = "An API key is nobody who could write"),
        (status = 404, description = "No such conversation"),
        (status = 422, description = "A field is wrong"),
    ))]
pub(super) async fn post(
    allowed: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(draft): JsonBody<MessageDraft>,
) -> Result<(StatusCode, Json<MessageStored>), Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let Who::Member(member) = allowed.caller.who else { return Err(foreign_rep()) };
    let (id, text) = checked(draft)?;
    let (mail_after, now) = (state.mail_reply_after, state.core.clock.now());
    let command = RepMessage { conversation, id, rep: member.id, text, file: None, mail_after, now };
    numbered(state.core.writer.commit(command).await?)
}
