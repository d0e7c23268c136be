//! `GET /api/v1/live`: the live feed of the dashboard, a WebSocket.

use crate::config::Http;
use crate::foundation::PublicAddress;
use crate::http::admission::is_own;
use crate::http::auth::{Admin, foreign_origin};
use crate::http::problem::Problem;
use crate::http::socket::{Ending, Socket, wanted};
use crate::serving::Seat;
use axum::Extension;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use knock_engine::Feed;
use knock_wire::LiveEvent;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// All that changes from now on, one `LiveEvent` as JSON in each text frame.
#[utoipa::path(get, path = "/api/v1/live", tag = "team", responses(
    (status = 101, description = "A WebSocket; its text frames hold one `LiveEvent` each"),
    (status = 426, description = "Not asked for as a WebSocket"),
))]
pub(super) async fn get(
    _: Admin,
    State(feed): State<Feed>,
    State(address): State<Arc<PublicAddress>>,
    State(limits): State<Arc<Http>>,
    Extension(seat): Extension<Seat>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    if !is_own(&headers, &address) {
        return Err(foreign_origin());
    }
    let upgrade = wanted(upgrade)?;
    let frames = feed.listen();
    Ok(upgrade.on_upgrade(move |socket| async move {
        let stopping = seat.stopping.clone();
        let mut socket = Socket::new(socket, seat, &limits);
        let ending = tell(&mut socket, frames, stopping).await;
        socket.end(ending).await;
    }))
}

/// Passes frames on until either side ends.
async fn tell(
    socket: &mut Socket,
    mut frames: broadcast::Receiver<Arc<str>>,
    mut stopping: watch::Receiver<bool>,
) -> Ending {
    loop {
        let done = tokio::select! {
            frame = frames.recv() => match frame {
                Ok(frame) => socket.say(Message::text(&*frame)).await,
                Err(RecvError::Lagged(missed)) => socket.say(missed_frame(missed)).await,
                Err(RecvError::Closed) => Err(Ending::STOPPING),
            },
            // A dashboard has nothing to say.
            heard = socket.heard() => heard.map(drop),
            _ = stopping.changed() => Err(Ending::STOPPING),
        };
        if let Err(ending) = done {
            return ending;
        }
    }
}

fn missed_frame(missed: u64) -> Message {
    Message::text(serde_json::to_string(&LiveEvent::Missed(missed)).unwrap_or_default())
}
