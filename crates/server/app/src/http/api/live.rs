//! `GET /api/v1/live`: the live feed of the dashboard, a WebSocket.

use crate::context::AppContext;
use crate::http::access_changes::Checks;
use crate::http::admission::is_own;
use crate::http::auth::{Allowed, Caller, SeeRecords, foreign_origin};
use crate::http::problem::Problem;
use crate::http::socket::{Ending, Message, Socket, Upgrade};
use crate::http::state::AppState;
use crate::serving::ConnectionPermit;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use knock_engine::Frame;
use knock_model::{Millis, RepId};
use knock_wire::LiveEvent;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// The caller signed out, was removed, or has another role.
const CHANGED: Ending = Ending::Close(4_401, "signed out, or in another role");

/// All changes from now on, one `LiveEvent` as JSON in each text frame.
#[utoipa::path(get, path = "/api/v1/live", tag = "team", responses(
    (status = 101, description = "A WebSocket; its text frames hold one `LiveEvent` each; closed with 4401 when the caller is signed out or gets another role"),
    (status = 426, description = "WebSocket upgrade required"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<SeeRecords>,
    State(state): State<AppState>,
    Extension(seat): Extension<ConnectionPermit>,
    headers: HeaderMap,
    upgrade: Result<Upgrade, Problem>,
) -> Result<Response, Problem> {
    if !is_own(&headers, &state.core.address) {
        return Err(foreign_origin());
    }
    let upgrade = upgrade?;
    let (frames, checks) = (state.feed.listen(), state.access.checks());
    let me = caller.who.member_id();
    Ok(upgrade.agree(move |socket| async move {
        let stopping = seat.stopping.clone();
        let mut socket = Socket::new(socket, seat, &state.limits);
        let ending = tokio::select! {
            ending = tell((&mut socket, me), frames, stopping) => ending,
            () = ended(&state.core, &caller, checks) => CHANGED,
        };
        socket.end(ending).await;
    }))
}

/// Waits until the caller no longer has access with the same role: signed out, removed, revoked or expired.
async fn ended(core: &AppContext, caller: &Caller, mut checks: Checks) {
    // Before the first wait: a sign-out between the look-up and the subscription to changes is noticed by no later check.
    while caller.is_unchanged(core).await {
        let left = caller.expires_at.map_or(Millis::DAY, |end| end - core.clock.now());
        let left = Duration::from_millis(left.0.clamp(0, Millis::DAY.0).unsigned_abs());
        tokio::select! {
            () = checks.due() => {}
            () = tokio::time::sleep(left) => {}
        }
    }
}

/// Forwards frames until either side ends, those for one member to that member alone.
async fn tell(
    (socket, me): (&mut Socket, Option<RepId>),
    mut frames: broadcast::Receiver<Frame>,
    mut stopping: watch::Receiver<bool>,
) -> Ending {
    loop {
        let done = tokio::select! {
            frame = frames.recv() => match frame {
                Ok(Frame { only, .. }) if only.is_some() && only != me => Ok(()),
                Ok(frame) => socket.say(Message::text(&*frame.text)).await,
                Err(RecvError::Lagged(missed)) => socket.say(missed_frame(missed)).await,
                Err(RecvError::Closed) => Err(Ending::STOPPING),
            },
            // A dashboard sends nothing.
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
