//! `POST /api/v1/conversations/{id}/notes`: a member or an integration writes to the team.

use crate::http::auth::{Allowed, KeyWithAuthor, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::repeat::Repeat;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::Presenter;
use knock_engine::commands::{NoteSaved, WriteNote};
use knock_model::message::MessageText;
use knock_model::{ConversationId, NoteId};
use knock_wire::{FieldError, InternalNote, NoteDraft};

/// The largest number of members whom a note names.
const MOST_MENTIONS: usize = 50;

/// Stores an internal note of the member or the integration, once: the same id, or the same `Idempotency-Key`, stores no
/// second one. The lead does not see it,
/// and it is no reply: status and clocks do not change. The members in `mentions` are notified.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/notes", tag = "team", request_body = NoteDraft,
    params(("id" = String, Path, description = "Id of the conversation"),
        ("Idempotency-Key" = Option<String>, Header, description = "In place of the id of the draft")),
    responses(
        (status = 201, description = "Stored", body = InternalNote),
        (status = 200, description = "Stored by an earlier request", body = InternalNote),
        (status = 400, description = "A mention names no member who answers chats; `errors` says which"),
        (status = 403, description = "The API key is bound to no member and to no integration"),
        (status = 404, description = "Conversation not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn post(
    allowed: Allowed<UseInbox, KeyWithAuthor>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    repeat: Repeat,
    JsonBody(draft): JsonBody<NoteDraft>,
) -> Result<(StatusCode, Json<InternalNote>), Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let author = allowed.caller.need_author()?;
    let id = repeat.note(draft.id, allowed.caller.secret, conversation);
    let id = NoteId::parse(&id).map_err(|error| wrong("/id", error.to_string()))?;
    let text = MessageText::parse(&draft.text).map_err(|error| wrong("/text", error.to_string()))?.into_text();
    let mentions = draft.mentions;
    if mentions.len() > MOST_MENTIONS {
        return Err(wrong("/mentions", format!("has more than {MOST_MENTIONS} entries")));
    }
    let now = state.core.clock.now();
    let command = WriteNote { conversation, id, author, text, mentions, now };
    let (code, note) = match state.core.writer.commit(command).await? {
        NoteSaved::New(note) => (StatusCode::CREATED, note),
        NoteSaved::Known(note) => (StatusCode::OK, note),
        NoteSaved::Elsewhere => return Err(wrong("/id", "is the id of a note in another conversation".into())),
        NoteSaved::UnknownChat => return Err(Problem::not_found()),
        NoteSaved::UnknownMember(place) => {
            let reason = "is the id of no member who answers chats".into();
            return Err(Problem::malformed(FieldError { pointer: format!("/mentions/{place}"), reason }));
        }
    };
    let shown = read(state.core.store.clone(), move |view| Presenter::new(view, now)?.note(note.clone())).await?;
    Ok((code, Json(shown)))
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}
