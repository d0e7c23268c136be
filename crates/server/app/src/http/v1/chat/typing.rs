//! Typing notices of the lead: sent to the team, not stored.

use super::visitor::let_in;
use crate::http::admission::ClientAddress;
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_engine::Presence;
use knock_model::{ConversationId, RepId};
use knock_wire::{Doing, LeadTyping, RepTyping};

/// The longest frame that can say so, in bytes.
const LONGEST: usize = 64;

/// Says that the lead writes, for clients whose way lets no WebSocket through; the others say it on their live channel.
/// After five, more than one in three seconds changes nothing.
#[utoipa::path(post, path = "/v1/chat/{conversation}/typing", tag = "visitor",
    params(("conversation" = String, Path, description = "The conversation")),
    responses(
        (status = 204, description = "Reported"),
        (status = 401, description = "Token of another conversation"),
    ))]
pub(super) async fn post(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let conversation = let_in(&state, from, &headers, &conversation).await?;
    note_typing(&state, conversation).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Handles a message of a client on its live channel: that the lead is typing, or one that this server does not know.
pub(super) async fn heard(state: &AppState, conversation: ConversationId, text: &str) {
    if text.len() <= LONGEST && matches!(serde_json::from_str(text), Ok(LeadTyping { typing: true })) {
        note_typing(state, conversation).await;
    }
}

async fn note_typing(state: &AppState, conversation: ConversationId) {
    if !state.limiter.may_tell_typing(conversation) {
        return;
    }
    let presence = Presence { conversation, member: None, doing: Doing::Writing };
    // A busy server drops the notice: other commands matter more.
    if state.core.writer.commit(presence).await.is_err() {
        tracing::debug!("a typing notice was dropped");
    }
}

/// The typing notice of a rep for the lead; none for an unknown rep.
pub(super) async fn rep_typing(state: &AppState, rep: RepId) -> Option<RepTyping> {
    let member = read(state.core.store.clone(), move |view| view.member(rep)).await.ok().flatten();
    member.map(|member| RepTyping { typing: member.public_name().to_owned() })
}
