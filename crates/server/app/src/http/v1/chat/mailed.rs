//! `GET /v1/chat/mailed`: the conversation of a mailed link, to be read before a person is known to be there.

use super::fresh::fresh;
use crate::http::admission::ClientAddress;
use crate::http::auth::bearer;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::resume::Resume;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use knock_engine::commands::may_be_read_by_mail;
use knock_model::ConversationId;
use knock_wire::MailedChat;

/// The conversation of a mailed link, by its token as the bearer. Nothing is opened, noted or counted by it: mail scanners
/// open links too. `POST /v1/chat` with the token opens it, once a person does something.
#[utoipa::path(get, path = "/v1/chat/mailed", tag = "visitor", responses(
    (status = 200, description = "The conversation so far", body = MailedChat),
    (status = 401, description = "Token expired, damaged, or of a conversation that is gone"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn get(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
) -> Result<Json<MailedChat>, Problem> {
    state.limiter.look_up(from)?;
    let token = bearer(&headers).ok_or_else(Problem::unauthorized)?;
    let opened = Resume::open(token, &state.core.key, state.core.clock.now());
    let conversation = opened.ok_or_else(Problem::unauthorized)?;
    if !is_open(&state, conversation).await? {
        return Err(Problem::unauthorized());
    }
    let messages = fresh(&state, conversation, 0).await?.ok_or_else(Problem::unauthorized)?;
    Ok(Json(MailedChat { conversation, messages }))
}

async fn is_open(state: &AppState, id: ConversationId) -> Result<bool, Problem> {
    let found = read(state.core.store.clone(), move |view| match view.conversation(id)? {
        Some(conversation) => may_be_read_by_mail(view, &conversation),
        None => Ok(false),
    });
    found.await
}
