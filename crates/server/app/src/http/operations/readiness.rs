//! `/healthz` and `/readyz`: whether the process lives, and whether it can do its work.

use super::ANSWER;
use crate::data::storage::Level;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::State;
use std::sync::Arc;

/// Whether the process is alive.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, description = "Alive", body = String)))]
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// Whether the server can do its work.
#[utoipa::path(get, path = "/readyz", tag = "operations", responses(
    (status = 200, description = "Ready, or degraded with the reasons", body = String),
    (status = 503, description = "Not ready; see `detail`"),
))]
pub(super) async fn readyz(State(state): State<AppState>) -> Result<&'static str, Problem> {
    readiness(&state).await
}

/// The response of `/readyz`.
pub(super) async fn readiness(state: &AppState) -> Result<&'static str, Problem> {
    let store = Arc::clone(&state.core.store);
    let answered = tokio::time::timeout(ANSWER, read(Arc::clone(&store), |view| view.next_due())).await;
    match answered {
        Ok(Ok(_)) => {}
        Ok(Err(_)) => return Err(Problem::unavailable("The store fails; the log says why", 5)),
        Err(_) => return Err(Problem::unavailable("The store does not answer", 5)),
    }
    // What is read may be there while what is written to is held by somebody else.
    if state.core.writer.stuck_for() > ANSWER {
        return Err(Problem::unavailable("The store takes no changes", 5));
    }
    if state.room.is_full() {
        return Err(Problem::unavailable("The disk is full", 30));
    }
    let ready = tokio::task::spawn_blocking(move || store.ready()).await;
    ready.map_err(|_| Problem::internal())??;
    Ok(match state.storage.level() {
        _ if state.quota.is_filling() => "degraded: the queue is filling",
        Level::Ample => "ready",
        Level::Low => "degraded: the storage is nearly full",
        Level::Full => "degraded: the storage is full, signals are refused",
    })
}
