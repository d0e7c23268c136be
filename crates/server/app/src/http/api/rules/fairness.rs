//! `GET /api/v1/rules/{id}/fairness`: the distribution of leads in the pools of a rule.

use crate::http::api::backtest::checked_days;
use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Store};
use knock_wire::Fairness;
use serde::Deserialize;
use std::sync::Arc;

/// The default number of days back, and the maximum.
const USUAL_DAYS: u32 = 30;
const MOST_DAYS: u32 = 90;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FairnessQuery {
    /// The number of days of decisions, 1 to 90. Without it, 30.
    days: Option<u32>,
}

/// The turns of each member of the rule's pools, the skipped turns with their reasons, and the next member.
#[utoipa::path(get, path = "/api/v1/rules/{id}/fairness", tag = "team",
    params(("id" = String, Path, description = "Id of the rule"), FairnessQuery),
    responses(
        (status = 200, description = "The pools, from top to bottom", body = Fairness),
        (status = 400, description = "Invalid parameter"),
        (status = 404, description = "Rule not found"),
    ))]
pub(super) async fn get(
    _: Allowed<EditRouting>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Path(id): Path<String>,
    Query(asked): Query<FairnessQuery>,
) -> Result<Json<Fairness>, Problem> {
    let days = checked_days(asked.days, USUAL_DAYS, MOST_DAYS)?;
    let now = clock.now();
    let found = read(store, move |view| Presenter::new(view, now)?.fairness(&id, days)).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}
