//! `/v1/chat/{conversation}/messages`: writing and catching up.

use super::consult::{LookedUp, look_up};
use super::fresh::fresh;
use super::receipt::note_read;
use super::visitor::let_in;
use crate::http::admission::ClientAddress;
use crate::http::body::{JsonBody, Path, Query};
use crate::http::message::{checked, numbered};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use knock_context::Who;
use knock_engine::commands::{FreshIds, LeadMessage, MessageText};
use knock_model::{AccountId, ConversationId, Email, LeadId, MessageChannel, MessageId, SignalId};
use knock_ports::Consulted;
use knock_wire::{MessageDraft, MessageList, MessageStored};
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct After {
    /// The last number the client has.
    #[serde(default)]
    pub(super) after: u64,
}

/// The messages after a number, in order.
#[utoipa::path(get, path = "/v1/chat/{conversation}/messages", tag = "visitor",
    params(("conversation" = String, Path, description = "The conversation"), After),
    responses(
        (status = 200, description = "The messages", body = MessageList),
        (status = 401, description = "Token of another conversation"),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    Query(After { after }): Query<After>,
) -> Result<Json<MessageList>, Problem> {
    let id = let_in(&state, from, &headers, &conversation).await?;
    note_read(&state, id, after).await;
    let messages = fresh(&state, id, after).await?.ok_or_else(Problem::unauthorized)?;
    Ok(Json(MessageList { messages }))
}

/// Stores a message of the lead, once: sent again under its id it gets the same number.
#[utoipa::path(post, path = "/v1/chat/{conversation}/messages", tag = "visitor", request_body = MessageDraft,
    params(("conversation" = String, Path, description = "The conversation")),
    responses(
        (status = 201, description = "Stored", body = MessageStored),
        (status = 200, description = "Stored by an earlier request", body = MessageStored),
        (status = 401, description = "Token of another conversation"),
        (status = 422, description = "Invalid field; `errors` names it"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn post(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    JsonBody(draft): JsonBody<MessageDraft>,
) -> Result<(StatusCode, Json<MessageStored>), Problem> {
    let conversation = let_in(&state, from, &headers, &conversation).await?;
    // A page may identify its visitors by something else: their messages count all the same.
    let identified = draft.email.as_deref().and_then(|email| Email::parse(email).ok());
    let (id, text) = checked(draft)?;
    state.limiter.message(conversation, from, &text)?;
    let message = lead_message(&state, conversation, id, text).await?;
    let LookedUp { consulted, meeting_page } = look_up(&state, conversation, message.text.clone()).await?;
    let message = LeadMessage { consulted, meeting_page, identified, ..message };
    numbered(state.core.writer.commit(message).await?)
}

/// A message of a lead that comes now.
pub(super) async fn lead_message(
    state: &AppState,
    conversation: ConversationId,
    id: MessageId,
    text: String,
) -> Result<LeadMessage, Problem> {
    let enriched = state.lead_data.at_once(Who::Chat(conversation, text.clone())).await;
    let now = state.core.clock.now();
    let fresh = || SignalId::new(now, &knock_context::random10(&*state.core.chance));
    let follow_ups = [(); 6].map(|()| fresh());
    let chance = &state.core.chance;
    let fresh_ids = FreshIds { lead: LeadId::new(chance.bytes16()), account: AccountId::new(chance.bytes16()) };
    let (identify, received_at) = (fresh(), now);
    Ok(LeadMessage {
        conversation,
        id,
        text: MessageText::read(text),
        identified: None,
        files: Vec::new(),
        channel: MessageChannel::Chat,
        received_at,
        follow_ups,
        identify,
        fresh: fresh_ids,
        consulted: Consulted::default(),
        meeting_page: None,
        enriched,
        usual_wait: state.usual_wait.get(&state.core).await?,
    })
}
