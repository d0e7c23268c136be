//! `POST /v1/chat/{conversation}/form`: the answers of the form before the chat.

use super::form_answers::{Form, checked};
use super::state_of::{follow_up, fresh_id, introduction, shown_state};
use super::visitor::let_in;
use crate::http::admission::ClientAddress;
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use knock_engine::commands::AnswerForm;
use knock_wire::{ChatFormDraft, VisitorChatState};

/// Stores the answers of the form that the look of the site asks, as details that the lead states: the same answers again
/// change nothing.
#[utoipa::path(post, path = "/v1/chat/{conversation}/form", tag = "visitor", request_body = ChatFormDraft,
    params(("conversation" = String, Path, description = "The conversation")),
    responses(
        (status = 200, description = "Stored", body = VisitorChatState),
        (status = 400, description = "Body does not match the schema"),
        (status = 401, description = "Token of another conversation"),
        (status = 422, description = "Invalid field; `errors` names it. A mistyped address has a `suggestion`"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn post(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    JsonBody(draft): JsonBody<ChatFormDraft>,
) -> Result<Json<VisitorChatState>, Problem> {
    let id = let_in(&state, from, &headers, &conversation).await?;
    state.limiter.message(id, from, &draft.values.values().map(String::as_str).collect::<String>())?;
    let language = draft.language.clone();
    let form = read(state.core.store.clone(), move |view| Form::of_conversation(view, id, language.as_deref()));
    let form = form.await?.ok_or_else(Problem::unauthorized)?;
    let answers = checked(&form, &draft)?;
    let command = AnswerForm {
        conversation: id,
        id: fresh_id(&state),
        introduction: answers.email.map(|email| introduction(&state, email)),
        values: answers.values,
        consent: answers.consent,
        now: state.core.clock.now(),
    };
    let has_email = command.introduction.is_some();
    if !state.core.writer.commit(command).await? {
        return Err(Problem::unauthorized());
    }
    if has_email {
        follow_up(&state, id);
    }
    shown_state(&state, id).await
}
