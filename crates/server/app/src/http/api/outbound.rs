//! `/api/v1/outbound`: what waits on a copy of a workspace, and its release.

use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_wire::{OutboundRelease, OutboundState, WaitingDeliveries};

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get)).routes(routes!(release))
}

/// Whether this server sends, and what waits to be sent.
#[utoipa::path(get, path = "/api/v1/outbound", tag = "team", responses(
    (status = 200, description = "Whether a copy is held, and what waits", body = OutboundState),
))]
async fn get(_: Allowed<ManageConnections>, State(state): State<AppState>) -> Result<Json<OutboundState>, Problem> {
    shown(&state).await.map(Json)
}

/// Lets a copy of a workspace send. Does nothing where nothing is held.
#[utoipa::path(post, path = "/api/v1/outbound/release", tag = "team", request_body = OutboundRelease, responses(
    (status = 200, description = "The server sends; the remaining deliveries", body = OutboundState),
    (status = 400, description = "Body does not match the schema"),
))]
async fn release(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(OutboundRelease { discard }): JsonBody<OutboundRelease>,
) -> Result<Json<OutboundState>, Problem> {
    let released = state.core.release(caller.actor(), discard).await;
    released.map_err(|error| {
        tracing::error!("a copy could not be released: {error:#}");
        Problem::internal()
    })?;
    shown(&state).await.map(Json)
}

async fn shown(state: &AppState) -> Result<OutboundState, Problem> {
    let totals = read(state.core.store.clone(), |view| view.outbox_totals()).await?;
    let waiting = totals.into_iter().filter(|(_, counts)| counts.waiting > 0);
    let waiting = waiting
        .map(|(kind, counts)| WaitingDeliveries { destination: kind.as_str().to_owned(), deliveries: counts.waiting });
    Ok(OutboundState { is_held: state.core.hold.is_held(), waiting: waiting.collect() })
}
