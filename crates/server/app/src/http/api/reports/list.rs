//! `GET /api/v1/reports`: the reports that there are.

use crate::http::auth::{Allowed, SeeReports};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_wire::ReportList;

/// All reports: what each is about, its columns with their definitions, and what it can be asked.
#[utoipa::path(get, path = "/api/v1/reports", tag = "team", responses(
    (status = 200, description = "The reports, in the order of the menu", body = ReportList),
))]
pub(super) async fn get(_: Allowed<SeeReports>, State(state): State<AppState>) -> Result<Json<ReportList>, Problem> {
    let goals = read(state.core.store.clone(), |view| view.report_goals()).await?;
    Ok(Json(knock_engine::report_list(&goals)))
}
