//! `POST /v1/chat/{conversation}/transcript`: the messages by mail to the visitor.

use super::form_answers::{Form, address};
use super::state_of::{follow_up, fresh_id, introduction};
use super::visitor::let_in;
use crate::http::admission::ClientAddress;
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_engine::commands::{Introduction, MailOwnTranscript, OwnTranscript};
use knock_model::{ConversationId, Millis};
use knock_wire::{ChatTranscriptDraft, FieldError, TranscriptSent};

/// Mails the messages to the address that the visitor gave in this chat, else to the one in the body, which is theirs from
/// now on; once in ten minutes.
#[utoipa::path(post, path = "/v1/chat/{conversation}/transcript", tag = "visitor", request_body = ChatTranscriptDraft,
    params(("conversation" = String, Path, description = "The conversation")),
    responses(
        (status = 202, description = "It is mailed", body = TranscriptSent),
        (status = 400, description = "Body does not match the schema"),
        (status = 401, description = "Token of another conversation"),
        (status = 409, description = "Mail is not set up, the site offers no transcripts, or there is nothing to mail"),
        (status = 422, description = "Invalid field; `errors` names it"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn post(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    JsonBody(draft): JsonBody<ChatTranscriptDraft>,
) -> Result<(StatusCode, Json<TranscriptSent>), Problem> {
    let conversation = let_in(&state, from, &headers, &conversation).await?;
    state.limiter.message(conversation, from, &draft.email)?;
    let introduction = given(&state, conversation, &draft).await?;
    let (has_email, now) = (introduction.is_some(), state.core.clock.now());
    let command = MailOwnTranscript { conversation, id: fresh_id(&state), introduction, now };
    let mailed = state.core.writer.commit(command).await?;
    if has_email {
        follow_up(&state, conversation);
    }
    match mailed {
        OwnTranscript::To(to) => Ok((StatusCode::ACCEPTED, Json(TranscriptSent { to }))),
        OwnTranscript::UnknownConversation => Err(Problem::unauthorized()),
        OwnTranscript::NoMail => Err(refused("cannot be mailed to: mail is not set up")),
        OwnTranscript::NoAddress => Err(refused("is needed: nothing is mailed to the address of this chat")),
        OwnTranscript::NothingWritten => Err(refused("gets nothing: this chat has no message of the visitor")),
        OwnTranscript::TooSoon(free) => Err(too_soon(free, now)),
    }
}

/// The address in a body; none if it has none.
async fn given(
    state: &AppState,
    id: ConversationId,
    draft: &ChatTranscriptDraft,
) -> Result<Option<Introduction>, Problem> {
    let language = draft.language.clone();
    let found = read(state.core.store.clone(), move |view| {
        let Some(conversation) = view.conversation(id)? else { return Ok(None) };
        Ok(Form::of_conversation(view, id, language.as_deref())?.zip(Some(view.look(conversation.site)?.transcript)))
    });
    let (form, is_offered) = found.await?.ok_or_else(Problem::unauthorized)?;
    if !is_offered {
        return Err(refused("cannot be mailed to: this site offers no transcripts"));
    }
    if draft.email.trim().is_empty() {
        return Ok(None);
    }
    let email = address(draft.email.trim(), "/email", true)?;
    form.agreed(draft.consent)?;
    Ok(Some(introduction(state, email)))
}

fn too_soon(free: Millis, now: Millis) -> Problem {
    let seconds = u64::try_from((free - now).0 / 1_000).unwrap_or_default();
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate-limited", "Too many transcripts").retry_after(seconds + 1)
}

fn refused(reason: &str) -> Problem {
    let field = FieldError { pointer: "/email".into(), reason: reason.into() };
    Problem::new(StatusCode::CONFLICT, "not-mailed", "The transcript cannot be mailed").field(field)
}
