//! `GET /v1/chat/{conversation}/state`: form, end and rating of a chat; and what the commands about them need.

use super::visitor::let_in;
use crate::http::admission::ClientAddress;
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use knock_context::{Who, random10};
use knock_engine::commands::{FreshIds, Introduction};
use knock_engine::visitor_chat_state;
use knock_model::{AccountId, ConversationId, Email, LeadId, SignalId};
use knock_wire::VisitorChatState;

/// What the visitor has done in the chat beside writing, and whether it is over.
#[utoipa::path(get, path = "/v1/chat/{conversation}/state", tag = "visitor",
    params(("conversation" = String, Path, description = "The conversation")),
    responses(
        (status = 200, description = "The state", body = VisitorChatState),
        (status = 401, description = "Token of another conversation"),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
) -> Result<Json<VisitorChatState>, Problem> {
    let id = let_in(&state, from, &headers, &conversation).await?;
    shown_state(&state, id).await
}

/// The state of a conversation for its visitor.
pub(super) async fn shown_state(state: &AppState, id: ConversationId) -> Result<Json<VisitorChatState>, Problem> {
    let now = state.core.clock.now();
    let shown = read(state.core.store.clone(), move |view| {
        let Some(conversation) = view.conversation(id)? else { return Ok(None) };
        visitor_chat_state(view, &conversation, now).map(Some)
    });
    shown.await?.map(Json).ok_or_else(Problem::unauthorized)
}

/// An id for a fact of now.
pub(super) fn fresh_id(state: &AppState) -> SignalId {
    SignalId::new(state.core.clock.now(), &random10(&*state.core.chance))
}

/// An address that a visitor gives now.
pub(super) fn introduction(state: &AppState, email: Email) -> Introduction {
    let chance = &state.core.chance;
    let fresh = FreshIds { lead: LeadId::new(chance.bytes16()), account: AccountId::new(chance.bytes16()) };
    Introduction { email, id: fresh_id(state), fresh }
}

/// Asks the provider of data and the CRMs about a new address.
pub(super) fn follow_up(state: &AppState, id: ConversationId) {
    state.lead_data.in_background(Who::Chat(id, String::new()));
}
