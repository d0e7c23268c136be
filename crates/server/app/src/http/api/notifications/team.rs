//! `/api/v1/notifications/team`: who else is notified of a wait, and when the chats of an absent member are offered.

use crate::http::auth::{Allowed, EditRouting, UseInbox};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::SaveTeamNotifications;
use knock_wire::{FieldError, TeamNotifications};

/// The longest wait before others are notified, in minutes.
const LONGEST_WAIT: u32 = 1_440;
/// The longest absence before a hand-over is offered, in hours.
const LONGEST_ABSENCE: u32 = 720;

/// What holds for the notifications of the whole team.
#[utoipa::path(get, path = "/api/v1/notifications/team", tag = "team", responses(
    (status = 200, description = "The settings", body = TeamNotifications),
))]
pub(super) async fn get(
    _: Allowed<UseInbox>,
    State(state): State<AppState>,
) -> Result<Json<TeamNotifications>, Problem> {
    read(state.core.store.clone(), |view| view.team_notifications()).await.map(Json)
}

/// Changes what holds for the notifications of the whole team, for waits that begin from then on. An absent field gets
/// its default.
#[utoipa::path(put, path = "/api/v1/notifications/team", tag = "team", request_body = TeamNotifications, responses(
    (status = 200, description = "The settings as they are now", body = TeamNotifications),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    JsonBody(settings): JsonBody<TeamNotifications>,
) -> Result<Json<TeamNotifications>, Problem> {
    for (pointer, number, most) in [
        ("/pool_minutes", settings.pool_minutes, LONGEST_WAIT),
        ("/manager_minutes", settings.manager_minutes, LONGEST_WAIT),
        ("/absence_hours", settings.absence_hours.unwrap_or_default(), LONGEST_ABSENCE),
    ] {
        if number > most {
            let reason = format!("is more than {most}");
            return Err(Problem::invalid(FieldError { pointer: pointer.into(), reason }));
        }
    }
    state.core.make(caller.actor(), SaveTeamNotifications { settings }).await?;
    Ok(Json(settings))
}
