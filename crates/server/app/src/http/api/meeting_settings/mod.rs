//! `/api/v1/settings/meetings`: the settings of meetings in the workspace.

mod checked;

use crate::http::auth::{Allowed, EditRouting, UseInbox};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use checked::checked;
pub(super) use checked::{LENGTH, LONGEST_LOCATION, LONGEST_TITLE, checked_text};
use knock_engine::commands::SaveMeetingSettings;
use knock_wire::MeetingSettings;

/// The settings of meetings.
#[utoipa::path(get, path = "/api/v1/settings/meetings", tag = "team", responses(
    (status = 200, description = "The settings", body = MeetingSettings),
))]
pub(super) async fn get(_: Allowed<UseInbox>, State(state): State<AppState>) -> Result<Json<MeetingSettings>, Problem> {
    read(state.core.store.clone(), |view| view.meeting_settings()).await.map(Json)
}

/// Changes the settings of meetings, from the next booking on. An absent field gets its default.
#[utoipa::path(put, path = "/api/v1/settings/meetings", tag = "team", request_body = MeetingSettings, responses(
    (status = 200, description = "The settings as they are now", body = MeetingSettings),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    JsonBody(settings): JsonBody<MeetingSettings>,
) -> Result<Json<MeetingSettings>, Problem> {
    let settings = checked(settings).map_err(Problem::invalid)?;
    state
        .core
        .make(caller.actor(), SaveMeetingSettings { settings: settings.clone(), now: state.core.clock.now() })
        .await?;
    Ok(Json(settings))
}
