//! `GET /api/v1/backtest`: the share of leads who qualified, by their score just before.

use crate::backtest::{MOST_DAYS, USUAL_DAYS, backtest};
use crate::http::auth::{Allowed, SeeReports};
use crate::http::body::Query;
use crate::http::problem::Problem;
use axum::Json;
use axum::extract::State;
use knock_ports::{Clock, Store};
use knock_wire::{Backtest, FieldError};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BacktestQuery {
    /// The number of days of outcomes, 1 to 3650. Without it, 365.
    days: Option<u32>,
}

/// The rate of `Qualified` among leads that became `Qualified` or `Rejected`, by their score just before that. The
/// score's constants are a reasoned start: they are not fitted to these outcomes.
#[utoipa::path(get, path = "/api/v1/backtest", tag = "team", params(BacktestQuery), responses(
    (status = 200, description = "The rates, as far as there are enough outcomes", body = Backtest),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    _: Allowed<SeeReports>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(asked): Query<BacktestQuery>,
) -> Result<Json<Backtest>, Problem> {
    let days = checked_days(asked.days, USUAL_DAYS, MOST_DAYS)?;
    Ok(Json(backtest(&store, clock.now(), days).await?))
}

/// The checked number of days back.
pub(super) fn checked_days(asked: Option<u32>, usual: u32, most: u32) -> Result<u32, Problem> {
    let days = asked.unwrap_or(usual);
    if (1..=most).contains(&days) {
        return Ok(days);
    }
    let reason = format!("is not between 1 and {most}");
    Err(Problem::malformed(FieldError { pointer: "query/days".into(), reason }))
}
