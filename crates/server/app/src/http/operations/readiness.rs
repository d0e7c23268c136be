//! `/healthz` and `/readyz`: whether the process lives, and whether it can do its work.

use super::ANSWER;
use crate::data::storage::Level;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::outbox_health::Trouble;
use axum::extract::State;
use std::sync::Arc;

/// The second line of `/readyz` on a copy of a workspace.
const HELD: &str = "held: this is a copy of a workspace, nothing is sent";

/// Whether the process is alive.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, description = "Alive", body = String)))]
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// Whether the server can do its work.
#[utoipa::path(get, path = "/readyz", tag = "operations", responses(
    (status = 200, description = "Ready, or degraded with the reasons; of a copy a second line says so", body = String),
    (status = 503, description = "Not ready; see `detail`"),
))]
pub(super) async fn readyz(State(state): State<AppState>) -> Result<String, Problem> {
    let ready = readiness(&state).await?;
    Ok(if state.core.hold.is_held() { format!("{ready}\n{HELD}") } else { ready })
}

/// The response of `/readyz`.
pub(super) async fn readiness(state: &AppState) -> Result<String, Problem> {
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
    let storage = match state.storage.level() {
        Level::Ample => None,
        Level::Low => Some("the storage is nearly full"),
        Level::Full => Some("the storage is full, signals are refused"),
    };
    let queue = state.quota.is_filling().then_some("the queue is filling");
    let mut reasons: Vec<String> = queue.into_iter().chain(storage).map(str::to_owned).collect();
    reasons.extend(state.outbox.troubles().into_iter().map(in_words));
    Ok(if reasons.is_empty() { "ready".to_owned() } else { format!("degraded: {}", reasons.join("; ")) })
}

fn in_words(Trouble { kind, has_panicked, .. }: Trouble) -> String {
    let kind = kind.as_str();
    if has_panicked {
        format!("the server fails at deliveries of {kind}; its log says where")
    } else {
        format!("deliveries of {kind} have been waiting for more than 15 minutes")
    }
}
