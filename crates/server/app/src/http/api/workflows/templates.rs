//! `GET /api/v1/workflows/templates`: drafts to begin with.

use crate::http::auth::{Allowed, ManageWorkflows};
use crate::http::problem::Problem;
use axum::Json;
use knock_engine::workflow_templates;
use knock_wire::WorkflowTemplates;

/// Drafts to begin with. What the workspace has to choose, such as a channel or a tag, is empty: the draft is saved once
/// it is chosen.
#[utoipa::path(get, path = "/api/v1/workflows/templates", tag = "team", responses(
    (status = 200, description = "The templates", body = WorkflowTemplates),
))]
pub(super) async fn get(_: Allowed<ManageWorkflows>) -> Result<Json<WorkflowTemplates>, Problem> {
    Ok(Json(workflow_templates()))
}
