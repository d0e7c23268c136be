//! `/api/v1/sessions`: the caller's own sessions.

use crate::http::auth::{Allowed, Caller, UseSession, Who};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::public_id;
use knock_engine::commands::SignOut;
use knock_ports::OpenSession;
use knock_wire::SessionList;
use std::sync::Arc;

/// The caller's own sessions, the latest first; none of an API key.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "team", responses(
    (status = 200, description = "The sessions", body = SessionList),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseSession>,
    State(state): State<AppState>,
) -> Result<Json<SessionList>, Problem> {
    let own = own(&caller, &state).await?;
    let shown = |session: &OpenSession| knock_wire::OpenSession {
        id: public_id(session.hash),
        since: session.since,
        expires_at: session.expires_at,
        used_at: session.used_at,
        is_this: session.hash == caller.secret,
    };
    Ok(Json(SessionList { sessions: own.iter().map(shown).collect() }))
}

/// Ends one of the caller's own sessions.
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the session")),
    responses(
        (status = 204, description = "Ended"),
        (status = 404, description = "Session not found among one's own"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<UseSession>,
    State(state): State<AppState>,
    Path(wanted): Path<String>,
) -> Result<StatusCode, Problem> {
    let own = own(&caller, &state).await?;
    let session = own.iter().find(|session| public_id(session.hash) == wanted).ok_or_else(Problem::not_found)?;
    state.core.make(caller.actor(), SignOut { session: session.hash }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn own(caller: &Caller, state: &AppState) -> Result<Vec<OpenSession>, Problem> {
    let Who::Member(member) = &caller.who else { return Ok(Vec::new()) };
    let (member, now) = (member.id, state.core.clock.now());
    read(Arc::clone(&state.core.store), move |view| view.sessions(member, now)).await
}
