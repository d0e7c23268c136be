//! `PUT /api/v1/notifications/presence`: whether a member views an open dashboard.

use crate::http::auth::{Allowed, NoKey, UseSession};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::NotePresence;
use knock_wire::DashboardPresence;

/// Reports whether the caller views an open dashboard: it notifies then, and no push is sent. Valid for 75 s.
#[utoipa::path(put, path = "/api/v1/notifications/presence", tag = "team", request_body = DashboardPresence, responses(
    (status = 204, description = "Recorded"),
    (status = 403, description = "API keys are refused"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
    JsonBody(DashboardPresence { is_looking }): JsonBody<DashboardPresence>,
) -> Result<StatusCode, Problem> {
    let (member, now) = (caller.need_sign_in()?.id, state.core.clock.now());
    state.core.writer.commit(NotePresence { member, is_looking, now }).await?;
    Ok(StatusCode::NO_CONTENT)
}
