//! `/api/v1/workflows/{id}/runs`.

use super::workflow;
use crate::http::api::page::page;
use crate::http::api::parameter::{known, wrong};
use crate::http::auth::{Allowed, ManageWorkflows};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::StopRun;
use knock_engine::{Presenter, RunPage};
use knock_model::LeadId;
use knock_ports::RunQuery;
use knock_wire::{RunList, WorkflowRunStop};
use serde::Deserialize;

const STATES: [&str; 3] = ["active", "finished", "stopped"];

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RunsQuery {
    /// Only the runs of this lead.
    lead: Option<String>,
    /// Only runs that are `active`, `finished` or `stopped`.
    state: Option<String>,
    /// The cursor: `next` of the page before.
    cursor: Option<String>,
    /// The number of items, 1 to 200.
    limit: Option<u32>,
}

/// The runs of leads through a workflow, newest first: where each waits, and what each step did.
#[utoipa::path(get, path = "/api/v1/workflows/{id}/runs", tag = "team",
    params(("id" = String, Path, description = "Id of the workflow"), RunsQuery),
    responses(
        (status = 200, description = "A page of runs", body = RunList),
        (status = 400, description = "Invalid parameter"),
        (status = 404, description = "Workflow not found"),
    ))]
pub(super) async fn get(
    _: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(asked): Query<RunsQuery>,
) -> Result<Json<RunList>, Problem> {
    let (id, now) = (workflow(&id)?, state.core.clock.now());
    let wanted = page("cursor", asked.cursor.as_deref(), asked.limit)?;
    let of_state = asked.state.as_deref().filter(|state| !state.is_empty());
    let of_state = of_state.map(|word| known("state", word, &STATES, |state| state)).transpose()?;
    let lead = asked.lead.as_deref().map(LeadId::parse).transpose();
    let lead = lead.map_err(|_| wrong("lead", "is not the id of a contact".into()))?;
    let asked = RunPage { query: RunQuery { lead, state: of_state }, before: wanted.from, limit: wanted.limit };
    let found = read(state.core.store.clone(), move |view| Presenter::new(view, now)?.workflow_runs(id, asked)).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}

/// Stops the active run of a lead.
#[utoipa::path(post, path = "/api/v1/workflows/{id}/runs/stop", tag = "team", request_body = WorkflowRunStop,
    params(("id" = String, Path, description = "Id of the workflow")),
    responses(
        (status = 204, description = "Stopped"),
        (status = 404, description = "The lead has no active run in the workflow"),
    ))]
pub(super) async fn stop(
    Allowed { caller, .. }: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(WorkflowRunStop { lead }): JsonBody<WorkflowRunStop>,
) -> Result<StatusCode, Problem> {
    let (workflow, by, now) = (workflow(&id)?, caller.who.member_id(), state.core.clock.now());
    let is_stopped = state.core.make(caller.actor(), StopRun { workflow, lead, by, now }).await?;
    if is_stopped { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
