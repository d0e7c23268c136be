//! `/api/v1/workflows/{id}/versions`.

use super::one::{detail, saved};
use super::workflow;
use crate::http::auth::{Allowed, ManageWorkflows};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_engine::commands::RestoreVersion;
use knock_ports::{Clock, Store};
use knock_wire::{WorkflowDetail, WorkflowRestore, WorkflowVersions};
use std::sync::Arc;

/// All versions of a workflow, newest first, each with the leads inside on it.
#[utoipa::path(get, path = "/api/v1/workflows/{id}/versions", tag = "team",
    params(("id" = String, Path, description = "Id of the workflow")),
    responses(
        (status = 200, description = "The versions", body = WorkflowVersions),
        (status = 404, description = "Workflow not found"),
    ))]
pub(super) async fn get(
    _: Allowed<ManageWorkflows>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Path(id): Path<String>,
) -> Result<Json<WorkflowVersions>, Problem> {
    let (id, now) = (workflow(&id)?, clock.now());
    let found = read(store, move |view| Presenter::new(view, now)?.workflow_versions(id)).await?;
    if found.versions.is_empty() { Err(Problem::not_found()) } else { Ok(Json(found)) }
}

/// Makes an earlier version the newest one: a version with the same text. Leads inside are asked about as with a change.
#[utoipa::path(post, path = "/api/v1/workflows/{id}/versions/{number}/restore", tag = "team",
    request_body = WorkflowRestore,
    params(("id" = String, Path, description = "Id of the workflow"),
        ("number" = u32, Path, description = "Number of the version")),
    responses(
        (status = 200, description = "The workflow as it is now", body = WorkflowDetail),
        (status = 404, description = "Workflow or version not found"),
        (status = 409, description = "Leads are inside and `inside` is missing; `detail` has their number"),
    ))]
pub(super) async fn restore(
    Allowed { caller, .. }: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    Path((id, number)): Path<(String, u32)>,
    JsonBody(WorkflowRestore { inside }): JsonBody<WorkflowRestore>,
) -> Result<Json<WorkflowDetail>, Problem> {
    let (id, by, now) = (workflow(&id)?, caller.who.member_id(), state.core.clock.now());
    saved(state.core.make(caller.actor(), RestoreVersion { id, number, inside, by, now }).await?)?;
    detail(&state, id).await.map(Json)
}
