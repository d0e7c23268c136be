//! `GET /v1/chat/{conversation}/live`: messages as they come, over a WebSocket.

use super::events::events;
use super::messages::After;
use super::visitor::{let_in, opens};
use crate::http::body::Query;
use crate::http::own_origin::own_origins;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Extension;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use knock_engine::{Notice, Presenter};
use knock_ingest::Origin;
use knock_model::ConversationId;
use knock_wire::{ChatHello, FieldError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// How long a client may take to say who it is.
const HELLO: Duration = Duration::from_secs(10);
/// How often a silent line is tried.
const PING: Duration = Duration::from_secs(30);
/// The largest frame a visitor may send; they write by POST.
const MAX_FRAME: usize = 4_096;
/// The token is not this conversation's.
const UNAUTHORIZED: u16 = 4_401;

/// Messages of a conversation as they come. The first frame a client sends is a `ChatHello`;
/// then every message after the number it names follows, one `Message` as JSON in each text frame.
/// Where no WebSocket gets through, the same comes as an event stream, asked for with
/// `Accept: text/event-stream`, the token as `Authorization`, and `Last-Event-ID` or `after`.
#[utoipa::path(get, path = "/v1/chat/{conversation}/live", tag = "visitor",
    params(("conversation" = String, Path, description = "The conversation"), After),
    responses(
        (status = 200, description = "An event stream", content_type = "text/event-stream", body = String),
        (status = 101, description = "A WebSocket; closed with 4401 when the token is not this conversation's"),
        (status = 403, description = "Foreign origin", body = knock_wire::Problem, content_type = "application/problem+json"),
        (status = 426, description = "Not asked for as a WebSocket", body = knock_wire::Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    Path(conversation): Path<String>,
    Extension(stopping): Extension<watch::Receiver<bool>>,
    headers: HeaderMap,
    Query(After { after }): Query<After>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if upgrade.is_err() && text("accept").contains("text/event-stream") {
        let id = let_in(&state, &headers, &conversation).await?;
        let after = text("last-event-id").parse().unwrap_or(after);
        return events(state, id, after, stopping).await;
    }
    let upgrade = upgrade.map_err(|_| {
        let reason = "expected `websocket`".into();
        Problem::new(StatusCode::UPGRADE_REQUIRED, "websocket", "This is a WebSocket")
            .field(FieldError { pointer: "header/Upgrade".into(), reason })
    })?;
    if !is_known(&state, &headers) {
        return Err(Problem::forbidden(FieldError {
            pointer: "header/Origin".into(),
            reason: "is not one of the origins of a site here".into(),
        }));
    }
    let id = ConversationId::parse(&conversation).map_err(|_| Problem::not_found())?;
    Ok(upgrade.max_message_size(MAX_FRAME).on_upgrade(move |socket| serve(socket, state, id, stopping)))
}

/// Programs that are no browser name no origin; they still need the token.
fn is_known(state: &AppState, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Some(origin) = origin.to_str().ok().and_then(Origin::parse) else { return false };
    own_origins(headers, &state.core.address).contains(&origin.to_text()) || state.sites.knows_origin(&origin)
}

async fn serve(mut socket: WebSocket, state: AppState, id: ConversationId, mut stopping: watch::Receiver<bool>) {
    let Some(hello) = hello(&mut socket).await else { return };
    if !matches!(opens(&state, &hello.token).await, Ok(Some(opened)) if opened == id) {
        let frame = CloseFrame { code: UNAUTHORIZED, reason: "not the token of this conversation".into() };
        // The client may be gone already.
        drop(socket.send(Message::Close(Some(frame))).await);
        return;
    }
    // Listening begins before reading, so that nothing falls between.
    let mut notices = state.core.writer.watch();
    let mut after = hello.after;
    let mut ping = tokio::time::interval(PING);
    if catch_up(&mut socket, &state, id, &mut after).await.is_err() {
        return;
    }
    loop {
        let done = tokio::select! {
            is_news = news(&mut notices, id) => match is_news {
                Some(()) => catch_up(&mut socket, &state, id, &mut after).await,
                None => return,
            },
            heard = socket.recv() => match heard {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => Ok(()),
            },
            _ = ping.tick() => socket.send(Message::Ping(axum::body::Bytes::new())).await.map_err(drop),
            _ = stopping.changed() => return,
        };
        if done.is_err() {
            return;
        }
    }
}

async fn hello(socket: &mut WebSocket) -> Option<ChatHello> {
    match tokio::time::timeout(HELLO, socket.recv()).await {
        Ok(Some(Ok(Message::Text(text)))) => serde_json::from_str(&text).ok(),
        Ok(_) | Err(_) => None,
    }
}

/// Waits until this conversation got messages; none when the server is stopping.
pub(super) async fn news(notices: &mut broadcast::Receiver<Arc<[Notice]>>, id: ConversationId) -> Option<()> {
    loop {
        match notices.recv().await {
            Ok(changes) if !changes.contains(&Notice::Message(id)) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return Some(()),
            Err(RecvError::Closed) => return None,
        }
    }
}

/// Sends everything after the last number sent.
async fn catch_up(socket: &mut WebSocket, state: &AppState, id: ConversationId, after: &mut u64) -> Result<(), ()> {
    for message in fresh(state, id, *after).await.map_err(drop)? {
        let frame = serde_json::to_string(&message).map_err(drop)?;
        socket.send(Message::text(frame)).await.map_err(drop)?;
        *after = message.seq;
    }
    Ok(())
}

/// The messages after a number.
pub(super) async fn fresh(
    state: &AppState,
    id: ConversationId,
    after: u64,
) -> Result<Vec<knock_wire::Message>, Problem> {
    let now = state.core.clock.now();
    let messages = read(state.core.store.clone(), move |view| {
        let presenter = Presenter::new(view, now)?;
        view.messages_after(id, after)?.iter().map(|message| presenter.message(message)).collect::<Result<_, _>>()
    });
    messages.await
}
