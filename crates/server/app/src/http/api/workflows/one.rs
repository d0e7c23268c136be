//! `/api/v1/workflows/{id}`.

use super::checked::{checked, unknown_channels};
use super::{leads_inside, workflow};
use crate::http::api::rules::refuse;
use crate::http::auth::{Allowed, ManageWorkflows};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::Presenter;
use knock_engine::commands::{ArchiveWorkflow, ChangeWorkflow, WorkflowChanged};
use knock_model::WorkflowId;
use knock_wire::{Inside, WorkflowChange, WorkflowDetail};
use serde::Deserialize;

/// One workflow, with what its steps did.
#[utoipa::path(get, path = "/api/v1/workflows/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the workflow")),
    responses(
        (status = 200, description = "The newest version, with the counts of its steps", body = WorkflowDetail),
        (status = 404, description = "Workflow not found"),
    ))]
pub(super) async fn get(
    _: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<WorkflowDetail>, Problem> {
    detail(&state, workflow(&id)?).await.map(Json)
}

/// Saves a workflow as its next version. Leads inside go on in their version, go on in the new one by the ids of its steps,
/// or are stopped, as `inside` says; without it they are asked about.
#[utoipa::path(put, path = "/api/v1/workflows/{id}", tag = "team", request_body = WorkflowChange,
    params(("id" = String, Path, description = "Id of the workflow")),
    responses(
        (status = 200, description = "The workflow as it is now", body = WorkflowDetail),
        (status = 400, description = "Not a valid workflow"),
        (status = 404, description = "Workflow not found"),
        (status = 409, description = "Leads are inside and `inside` is missing; `detail` has their number"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(WorkflowChange { draft, inside }): JsonBody<WorkflowChange>,
) -> Result<Json<WorkflowDetail>, Problem> {
    let id = workflow(&id)?;
    let edited = draft.clone();
    refuse(read(state.core.store.clone(), move |view| checked(view, &edited, Some(id), "/draft")).await?)?;
    refuse(unknown_channels(&state, &draft, Some(id), "/draft").await?)?;
    let (by, now) = (caller.who.member_id(), state.core.clock.now());
    let change = ChangeWorkflow { id, draft, inside, by, now };
    saved(state.core.make(caller.actor(), change).await?)?;
    detail(&state, id).await.map(Json)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ArchiveQuery {
    /// What becomes of the leads inside: `finish`, which is the default, or `stop`.
    #[param(value_type = Option<String>)]
    inside: Option<Inside>,
}

/// Archives a workflow. It enrols no lead any more and is kept for its history; switching it on brings it back.
#[utoipa::path(delete, path = "/api/v1/workflows/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the workflow"), ArchiveQuery),
    responses(
        (status = 204, description = "Archived"),
        (status = 404, description = "Workflow not found"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(ArchiveQuery { inside }): Query<ArchiveQuery>,
) -> Result<StatusCode, Problem> {
    let (id, by, now) = (workflow(&id)?, caller.who.member_id(), state.core.clock.now());
    let is_known = state.core.make(caller.actor(), ArchiveWorkflow { id, inside, by, now }).await?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// The problem of a version that was not saved.
pub(super) fn saved(outcome: WorkflowChanged) -> Result<(), Problem> {
    match outcome {
        WorkflowChanged::Saved(_) => Ok(()),
        WorkflowChanged::Unknown => Err(Problem::not_found()),
        WorkflowChanged::LeadsInside(number) => Err(leads_inside(number)),
    }
}

/// A workflow as it is now.
pub(super) async fn detail(state: &AppState, id: WorkflowId) -> Result<WorkflowDetail, Problem> {
    let now = state.core.clock.now();
    let found = read(state.core.store.clone(), move |view| Presenter::new(view, now)?.workflow_detail(id)).await?;
    found.ok_or_else(Problem::not_found)
}
