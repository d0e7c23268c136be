//! `GET /api/v1/live`: the live feed of the dashboard, a WebSocket.

use crate::foundation::PublicAddress;
use crate::http::auth::{Admin, foreign_origin};
use crate::http::own_origin::is_own;
use crate::http::problem::Problem;
use axum::Extension;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use knock_engine::Feed;
use knock_wire::{FieldError, LiveEvent};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// How often a silent line is tried.
const PING: Duration = Duration::from_secs(30);
/// The largest frame a dashboard may send; it has nothing to say.
const MAX_FRAME: usize = 1_024;

/// All that changes from now on, one `LiveEvent` as JSON in each text frame.
#[utoipa::path(get, path = "/api/v1/live", tag = "team", responses(
    (status = 101, description = "A WebSocket; its text frames hold one `LiveEvent` each"),
    (status = 401, description = "Signed out", body = knock_wire::Problem, content_type = "application/problem+json"),
    (status = 426, description = "Not asked for as a WebSocket", body = knock_wire::Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(
    _: Admin,
    State(feed): State<Feed>,
    State(address): State<Arc<PublicAddress>>,
    Extension(stopping): Extension<watch::Receiver<bool>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    if !is_own(&headers, &address) {
        return Err(foreign_origin());
    }
    let upgrade = upgrade.map_err(|_| {
        let reason = "expected `websocket`".into();
        Problem::new(StatusCode::UPGRADE_REQUIRED, "websocket", "This is a WebSocket")
            .field(FieldError { pointer: "header/Upgrade".into(), reason })
    })?;
    let frames = feed.listen();
    Ok(upgrade.max_message_size(MAX_FRAME).on_upgrade(move |socket| tell(socket, frames, stopping)))
}

/// Passes frames on until either side ends.
async fn tell(mut socket: WebSocket, mut frames: broadcast::Receiver<Arc<str>>, mut stopping: watch::Receiver<bool>) {
    let mut ping = tokio::time::interval(PING);
    loop {
        let sent = tokio::select! {
            frame = frames.recv() => match frame {
                Ok(frame) => socket.send(Message::text(&*frame)).await,
                Err(RecvError::Lagged(missed)) => socket.send(missed_frame(missed)).await,
                Err(RecvError::Closed) => return,
            },
            heard = socket.recv() => match heard {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => Ok(()),
            },
            _ = ping.tick() => socket.send(Message::Ping(axum::body::Bytes::new())).await,
            _ = stopping.changed() => return,
        };
        if sent.is_err() {
            return;
        }
    }
}

fn missed_frame(missed: u64) -> Message {
    Message::text(serde_json::to_string(&LiveEvent::Missed(missed)).unwrap_or_default())
}
