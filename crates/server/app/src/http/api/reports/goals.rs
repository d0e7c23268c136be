//! `/api/v1/report-goals`: what the team aims at.

use crate::http::auth::{Allowed, EditRouting, SeeReports};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::SaveReportGoals;
use knock_report::Unit;
use knock_wire::{FieldError, ReportGoals};

/// The largest goal: ten digits are more than anything that is counted.
const LARGEST: f64 = 9_999_999_999.0;

/// The goals of the team, each for a metric of reports.
#[utoipa::path(get, path = "/api/v1/report-goals", tag = "team", responses(
    (status = 200, description = "The goals", body = ReportGoals),
))]
pub(super) async fn get(_: Allowed<SeeReports>, State(state): State<AppState>) -> Result<Json<ReportGoals>, Problem> {
    read(state.core.store.clone(), |view| view.report_goals()).await.map(Json)
}

/// Changes the goals: those that are sent are all that hold.
#[utoipa::path(put, path = "/api/v1/report-goals", tag = "team", request_body = ReportGoals, responses(
    (status = 200, description = "The goals as they are now", body = ReportGoals),
    (status = 400, description = "Body does not match the schema"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    JsonBody(goals): JsonBody<ReportGoals>,
) -> Result<Json<ReportGoals>, Problem> {
    check(&goals)?;
    state.core.make(caller.actor(), SaveReportGoals { goals: goals.clone() }).await?;
    Ok(Json(goals))
}

fn check(ReportGoals { goals }: &ReportGoals) -> Result<(), Problem> {
    for (at, goal) in goals.iter().enumerate() {
        let wrong = |field: &str, reason: String| {
            Err(Problem::invalid(FieldError { pointer: format!("/goals/{at}/{field}"), reason }))
        };
        let Some(metric) = knock_report::metric(&goal.metric) else {
            return wrong("metric", "is no metric of a report".into());
        };
        if goals.iter().take(at).any(|other| other.metric == goal.metric) {
            return wrong("metric", "has a goal already".into());
        }
        let most = if metric.unit == Unit::Percent { 100.0 } else { LARGEST };
        let is_good = goal.value > 0.0 && goal.value <= most;
        if !is_good {
            return wrong("value", format!("must be above 0, and {most} at most"));
        }
    }
    Ok(())
}
