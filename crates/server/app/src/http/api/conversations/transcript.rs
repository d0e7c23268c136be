//! `/api/v1/conversations/{id}/transcript`: the messages as a file, or by mail.

use crate::http::auth::{Allowed, KeyOfMember, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use knock_engine::commands::{MailTranscript, NoteTranscript, TranscriptMailed};
use knock_engine::{TranscriptReader, transcript};
use knock_mail::transcript_text;
use knock_model::ConversationId;
use knock_wire::{FieldError, TranscriptDraft, TranscriptRecipient, TranscriptSent};

/// The messages of a conversation as a text file, in English and in the time zone of the member's working hours, else of the
/// visitor. The newest 500 messages, 200,000 characters at most; no notes. The audit log has an entry of each download.
#[utoipa::path(get, path = "/api/v1/conversations/{id}/transcript", tag = "team",
    params(("id" = String, Path, description = "Id of the conversation")),
    responses(
        (status = 200, description = "The messages", body = String, content_type = "text/plain"),
        (status = 404, description = "Conversation not found"),
    ))]
pub(super) async fn get(
    allowed: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let actor = allowed.caller.actor();
    let member = allowed.caller.who.member().cloned();
    let found = read(state.core.store.clone(), move |view| {
        let Some(conversation) = view.conversation(id)? else { return Ok(None) };
        Ok(Some(transcript(view, &conversation, TranscriptReader::Team(member.as_ref()))?))
    });
    let found = found.await?.ok_or_else(Problem::not_found)?;
    let text = transcript_text(&found).map_err(|_| Problem::internal())?;
    state.core.make(actor, NoteTranscript { conversation: id }).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"transcript.txt\""),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, text).into_response())
}

/// Mails the messages of a conversation to the lead, in their language, or to the signed-in member.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/transcript", tag = "team", request_body = TranscriptDraft,
    params(("id" = String, Path, description = "Id of the conversation")),
    responses(
        (status = 202, description = "It is mailed", body = TranscriptSent),
        (status = 403, description = "The API key is bound to no member"),
        (status = 404, description = "Conversation not found"),
        (status = 409, description = "Mail is not set up, or the lead cannot be mailed: `mail_to` of the conversation is none"),
    ))]
pub(super) async fn post(
    allowed: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(draft): JsonBody<TranscriptDraft>,
) -> Result<(StatusCode, Json<TranscriptSent>), Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let actor = allowed.caller.actor();
    let member = allowed.caller.need_member()?.clone();
    let is_to_lead = draft.to == TranscriptRecipient::Lead;
    let command = MailTranscript { conversation, member, is_to_lead, now: state.core.clock.now() };
    match state.core.make(actor, command).await? {
        TranscriptMailed::To(to) => Ok((StatusCode::ACCEPTED, Json(TranscriptSent { to }))),
        TranscriptMailed::UnknownConversation => Err(Problem::not_found()),
        TranscriptMailed::NoAddress => Err(refused("is lead, who cannot be mailed in this conversation")),
        TranscriptMailed::NoMail => Err(refused("cannot be mailed: mail is not set up")),
    }
}

fn refused(reason: &str) -> Problem {
    let field = FieldError { pointer: "/to".into(), reason: reason.into() };
    Problem::new(StatusCode::CONFLICT, "not-mailed", "The transcript cannot be mailed").field(field)
}
