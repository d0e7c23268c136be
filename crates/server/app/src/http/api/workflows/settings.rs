//! `/api/v1/workflows/settings`: what holds for workflows without their own.

use super::checked::checked_settings;
use crate::http::auth::{Allowed, ManageWorkflows};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::SaveWorkflowSettings;
use knock_wire::WorkflowSettings;

/// The cap and the quiet hours of the workspace.
#[utoipa::path(get, path = "/api/v1/workflows/settings", tag = "team", responses(
    (status = 200, description = "The settings", body = WorkflowSettings),
))]
pub(super) async fn get(
    _: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
) -> Result<Json<WorkflowSettings>, Problem> {
    read(state.core.store.clone(), |view| view.workflow_settings()).await.map(Json)
}

/// Changes the cap and the quiet hours of the workspace. They hold at once, for leads inside too.
#[utoipa::path(put, path = "/api/v1/workflows/settings", tag = "team", request_body = WorkflowSettings, responses(
    (status = 200, description = "The settings as they are now", body = WorkflowSettings),
    (status = 400, description = "Body does not match the schema"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    JsonBody(settings): JsonBody<WorkflowSettings>,
) -> Result<Json<WorkflowSettings>, Problem> {
    checked_settings(&settings)?;
    state.core.make(caller.actor(), SaveWorkflowSettings { settings: settings.clone() }).await?;
    Ok(Json(settings))
}
