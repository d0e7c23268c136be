//! `/api/v1/notifications`: the member's own settings.

use super::checked::checked;
use crate::http::auth::{Allowed, NoKey, UseSession};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::SaveNotifications;
use knock_wire::NotificationSettings;

/// The notification settings of the caller.
#[utoipa::path(get, path = "/api/v1/notifications", tag = "team", responses(
    (status = 200, description = "One's own settings", body = NotificationSettings),
    (status = 403, description = "API keys are refused"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
) -> Result<Json<NotificationSettings>, Problem> {
    let member = caller.need_sign_in()?.id;
    read(state.core.store.clone(), move |view| view.notifications(member)).await.map(Json)
}

/// Changes the events and the ways of the caller's notifications.
#[utoipa::path(put, path = "/api/v1/notifications", tag = "team", request_body = NotificationSettings, responses(
    (status = 200, description = "One's own settings as they are now", body = NotificationSettings),
    (status = 403, description = "API keys are refused"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
    JsonBody(settings): JsonBody<NotificationSettings>,
) -> Result<Json<NotificationSettings>, Problem> {
    let member = caller.need_sign_in()?.id;
    let settings = checked(settings).map_err(Problem::invalid)?;
    state.core.make(caller.actor(), SaveNotifications { member, settings: settings.clone() }).await?;
    Ok(Json(settings))
}
