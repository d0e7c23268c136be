//! `GET /v1/chat/{conversation}/live`: messages as they come, over a WebSocket.

use super::events::events;
use super::fresh::fresh;
use super::messages::After;
use super::receipt::note_read;
use super::typing::{heard, rep_typing};
use super::visitor::{let_in, opens, valid};
use crate::http::admission::{ClientAddress, own_origins};
use crate::http::auth::bearer;
use crate::http::body::{Path, Query};
use crate::http::conversation_watchers::ConversationChange;
use crate::http::problem::Problem;
use crate::http::socket::{Ending, Message, Said, Socket, Upgrade};
use crate::http::state::AppState;
use crate::serving::ConnectionPermit;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use knock_context::hash;
use knock_ingest::Origin;
use knock_model::{ConversationId, RepId};
use knock_wire::{Author, ChatHello, FieldError};
use std::net::IpAddr;
use std::time::Duration;
use tokio::sync::watch;

/// The time for a client to authenticate.
const HELLO: Duration = Duration::from_secs(10);
/// The token is not this conversation's.
const UNAUTHORIZED: Ending = Ending::Close(4_401, "not the token of this conversation");
/// The client asks again later for what it has not got.
const FAILED: Ending = Ending::Close(1_011, "the server failed; its log says why");

/// Messages of a conversation as they come. The first frame a client sends is a `ChatHello`;
/// then every message after the number it names follows, one `Message` as JSON in each text frame, and a `RepTyping` while
/// a rep writes. The client says with a `LeadTyping` that the lead does.
/// Where no WebSocket gets through, the same comes as an event stream, asked for with
/// `Accept: text/event-stream`, the token as `Authorization`, and `Last-Event-ID` or `after`.
#[utoipa::path(get, path = "/v1/chat/{conversation}/live", tag = "visitor",
    params(("conversation" = String, Path, description = "The conversation"), After),
    responses(
        (status = 200, description = "An event stream", content_type = "text/event-stream", body = String),
        (status = 101, description = "A WebSocket; closed with 4401 when the token is not this conversation's"),
        (status = 403, description = "Foreign origin"),
        (status = 426, description = "WebSocket upgrade required"),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    ClientAddress(from): ClientAddress,
    Extension(seat): Extension<ConnectionPermit>,
    headers: HeaderMap,
    Query(After { after }): Query<After>,
    upgrade: Result<Upgrade, Problem>,
) -> Result<Response, Problem> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if upgrade.is_err() && text("accept").contains("text/event-stream") {
        let id = let_in(&state, from, &headers, &conversation).await?;
        let after = text("last-event-id").parse().unwrap_or(after);
        note_read(&state, id, after).await;
        let token = bearer(&headers).map(hash).ok_or_else(Problem::unauthorized)?;
        return events(state, (id, token), after, seat.stopping).await;
    }
    let upgrade = upgrade?;
    state.limiter.look_up(from)?;
    if !is_known(&state, &headers) {
        return Err(Problem::forbidden(FieldError {
            pointer: "header/Origin".into(),
            reason: "is not one of the origins of a site here".into(),
        }));
    }
    let id = ConversationId::parse(&conversation).map_err(|_| Problem::not_found())?;
    Ok(upgrade.agree(move |socket| async move {
        let stopping = seat.stopping.clone();
        let mut socket = Socket::new(socket, seat, &state.limits);
        let ending = serve(&mut socket, state, (id, from), stopping).await;
        socket.end(ending).await;
    }))
}

/// Programs that are no browser name no origin; they still need the token.
fn is_known(state: &AppState, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Some(origin) = origin.to_str().ok().and_then(Origin::parse) else { return false };
    own_origins(headers, &state.core.address).contains(&origin.to_text()) || state.sites.knows_origin(&origin)
}

async fn serve(
    socket: &mut Socket,
    state: AppState,
    (id, from): (ConversationId, IpAddr),
    mut stopping: watch::Receiver<bool>,
) -> Ending {
    let hello = match hello(socket).await {
        Ok(hello) => hello,
        Err(ending) => return ending,
    };
    let token = hash(hello.token.reveal());
    if !matches!(opens(&state, from, token).await, Ok(Some(opened)) if opened == id) {
        return UNAUTHORIZED;
    }
    let mut checks = state.access.hourly_checks();
    note_read(&state, id, hello.after).await;
    // Listening begins before reading, so that nothing falls between.
    let mut watch = state.watchers.listen(id);
    let mut after = hello.after;
    if let Err(ending) = catch_up(socket, &state, id, &mut after).await {
        return ending;
    }
    loop {
        let done = tokio::select! {
            rung = watch.changed() => match rung {
                Some(ConversationChange::Messages) => catch_up(socket, &state, id, &mut after).await,
                Some(ConversationChange::Typing(rep)) => tell_typing(socket, &state, rep).await,
                None => Err(Ending::STOPPING),
            },
            // They write by POST.
            said = socket.said() => match said {
                Ok(Said::Receipt(seq)) => {
                    note_read(&state, id, seq).await;
                    Ok(())
                }
                Ok(Said::Text(text)) => {
                    heard(&state, id, &text).await;
                    Ok(())
                }
                Err(ending) => Err(ending),
            },
            () = checks.due() => match valid(&state, token).await {
                Ok(None) => Err(UNAUTHORIZED),
                // On a store error the next check decides.
                Ok(Some(_)) | Err(_) => Ok(()),
            },
            _ = stopping.changed() => Err(Ending::STOPPING),
        };
        if let Err(ending) = done {
            return ending;
        }
    }
}

async fn hello(socket: &mut Socket) -> Result<ChatHello, Ending> {
    let text = tokio::time::timeout(HELLO, socket.heard()).await.map_err(|_| UNAUTHORIZED)??;
    serde_json::from_str(&text).map_err(|_| UNAUTHORIZED)
}

/// Says that a rep writes.
async fn tell_typing(socket: &mut Socket, state: &AppState, rep: RepId) -> Result<(), Ending> {
    match rep_typing(state, rep).await {
        Some(typing) => socket.say(Message::text(serde_json::to_string(&typing).map_err(|_| FAILED)?)).await,
        None => Ok(()),
    }
}

/// Sends everything after the last number sent.
async fn catch_up(socket: &mut Socket, state: &AppState, id: ConversationId, after: &mut u64) -> Result<(), Ending> {
    let mut has_reply = false;
    // An erased person's connection ends at once.
    for message in fresh(state, id, *after).await.map_err(|_| FAILED)?.ok_or(UNAUTHORIZED)? {
        let frame = serde_json::to_string(&message).map_err(|_| FAILED)?;
        socket.say(Message::text(frame)).await?;
        *after = message.seq;
        has_reply |= message.author == Author::Rep;
    }
    if has_reply { socket.ask_receipt(*after).await } else { Ok(()) }
}
