//! `GET /api/v1/reports`: the reports that there are.

use crate::http::auth::{Allowed, SeeReports};
use axum::Json;
use knock_wire::ReportList;

/// All reports: what each is about, its columns with their definitions, and what it can be asked.
#[utoipa::path(get, path = "/api/v1/reports", tag = "team", responses(
    (status = 200, description = "The reports, in the order of the menu", body = ReportList),
))]
pub(super) async fn get(_: Allowed<SeeReports>) -> Json<ReportList> {
    Json(knock_engine::report_list())
}
