//! `GET` and `POST /api/v1/workflows`.

use super::checked::{checked, unknown_channels};
use super::refuse_beyond_most;
use crate::http::api::rules::refuse;
use crate::http::auth::{Allowed, ManageWorkflows};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::Presenter;
use knock_engine::commands::SaveWorkflow;
use knock_model::WorkflowId;
use knock_ports::{Clock, Store, View};
use knock_wire::{FieldError, WorkflowDetail, WorkflowDraft, WorkflowList};
use std::sync::Arc;

/// All workflows with the numbers of their leads, in the order in which they react to an event; archived ones last.
#[utoipa::path(get, path = "/api/v1/workflows", tag = "team", responses(
    (status = 200, description = "All workflows, and the cap and the quiet hours of the workspace", body = WorkflowList),
))]
pub(super) async fn get(
    _: Allowed<ManageWorkflows>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
) -> Result<Json<WorkflowList>, Problem> {
    let now = clock.now();
    read(store, move |view| Presenter::new(view, now)?.workflow_list()).await.map(Json)
}

/// Saves a new workflow, behind all others. It is off until it is switched on.
#[utoipa::path(post, path = "/api/v1/workflows", tag = "team", request_body = WorkflowDraft, responses(
    (status = 201, description = "The workflow, version 1", body = WorkflowDetail),
    (status = 400, description = "Not a valid workflow"),
    (status = 409, description = "Limit of 200 reached"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<WorkflowDraft>,
) -> Result<(StatusCode, Json<WorkflowDetail>), Problem> {
    let (errors, has_room) = check(&state, draft.clone()).await?;
    refuse(errors)?;
    refuse(unknown_channels(&state, &draft, None, "").await?)?;
    has_room?;
    let id = WorkflowId::new(state.core.chance.bytes16());
    let (by, now) = (caller.who.member_id(), state.core.clock.now());
    state.core.make(caller.actor(), SaveWorkflow { id, draft, by, now }).await?;
    let found = read(state.core.store.clone(), move |view| Presenter::new(view, now)?.workflow_detail(id)).await?;
    found.map(|detail| (StatusCode::CREATED, Json(detail))).ok_or_else(Problem::not_found)
}

/// What is wrong with a new draft, and whether there is room for one more workflow.
async fn check(state: &AppState, draft: WorkflowDraft) -> Result<(Vec<FieldError>, Result<(), Problem>), Problem> {
    let checks = move |view: &dyn View| Ok((checked(view, &draft, None, "")?, refuse_beyond_most(view)?));
    read(state.core.store.clone(), checks).await
}
