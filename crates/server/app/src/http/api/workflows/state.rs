//! `PUT /api/v1/workflows/{id}/state` and `/position`.

use super::one::detail;
use super::{refuse_beyond_most, workflow};
use crate::http::auth::{Allowed, ManageWorkflows};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{MoveWorkflow, SetWorkflowState};
use knock_ports::{StoredWorkflow, View};
use knock_wire::{FieldError, WorkflowDetail, WorkflowPosition, WorkflowState, WorkflowStateChange};

/// Switches a workflow on or off. Switched off it enrols no lead; leads inside go on, unless `inside` says otherwise.
#[utoipa::path(put, path = "/api/v1/workflows/{id}/state", tag = "team", request_body = WorkflowStateChange,
    params(("id" = String, Path, description = "Id of the workflow")),
    responses(
        (status = 200, description = "The workflow as it is now", body = WorkflowDetail),
        (status = 404, description = "Workflow not found"),
        (status = 409, description = "Limit of 200 reached: an archived one cannot be used again"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(WorkflowStateChange { enabled, inside }): JsonBody<WorkflowStateChange>,
) -> Result<Json<WorkflowDetail>, Problem> {
    let (id, by, now) = (workflow(&id)?, caller.who.member_id(), state.core.clock.now());
    let has_room = move |view: &dyn View| {
        let is_archived = |one: &StoredWorkflow| one.id == id && one.state == WorkflowState::Archived;
        if view.workflows()?.iter().any(is_archived) { refuse_beyond_most(view) } else { Ok(Ok(())) }
    };
    read(state.core.store.clone(), has_room).await??;
    if !state.core.make(caller.actor(), SetWorkflowState { id, enabled, inside, by, now }).await? {
        return Err(Problem::not_found());
    }
    detail(&state, id).await.map(Json)
}

/// Moves a workflow to another place in the order in which workflows react to an event.
#[utoipa::path(put, path = "/api/v1/workflows/{id}/position", tag = "team", request_body = WorkflowPosition,
    params(("id" = String, Path, description = "Id of the workflow")),
    responses(
        (status = 204, description = "Moved"),
        (status = 404, description = "Workflow not found, or archived"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn put_position(
    Allowed { caller, .. }: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(WorkflowPosition { position }): JsonBody<WorkflowPosition>,
) -> Result<StatusCode, Problem> {
    if position == 0 {
        return Err(Problem::invalid(FieldError { pointer: "/position".into(), reason: "counts from 1".into() }));
    }
    let (id, now) = (workflow(&id)?, state.core.clock.now());
    let is_known = state.core.make(caller.actor(), MoveWorkflow { id, position, now }).await?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
