//! `GET /api/v1/reports/{name}`: a report, as JSON or as a file for spreadsheets.

use super::{asked, named};
use crate::http::api::csv::whole;
use crate::http::auth::{Allowed, SeeReports};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::reports::{ReportWords, lines, report};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

/// The end of a name that asks for a file.
const FILE: &str = ".csv";

/// A report over days in a time zone: rows, their total, the period before, and each metric over time. With `.csv` after
/// the name it is a file with the same rows, and the total as its last line. Spam never counts; minutes and per cent
/// have two decimals, and what has no data is null, or empty in the file.
#[utoipa::path(get, path = "/api/v1/reports/{name}", tag = "team",
    params(("name" = String, Path, description = "Name of the report, such as `response` or `response.csv`"), ReportWords),
    responses(
        (status = 200, description = "The report", content(
            (knock_wire::Report = "application/json"),
            (String = "text/csv"),
        )),
        (status = 400, description = "Invalid parameter"),
        (status = 404, description = "Report not found; `detail` names those that there are"),
    ))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<SeeReports>,
    State(state): State<AppState>,
    Path(name): Path<String>,
    Query(words): Query<ReportWords>,
) -> Result<Response, Problem> {
    let now = state.core.clock.now();
    let (plain, is_file) = name.strip_suffix(FILE).map_or((&*name, false), |name| (name, true));
    let of = named(plain)?;
    let ask = asked(&state, &caller, words, of, now).await?;
    let made = report(state.core.store.clone(), of, ask, now).await?;
    if is_file {
        return whole(&format!("{}_{}_{}{FILE}", made.name, made.from, made.to), lines(&made));
    }
    Ok(Json(made).into_response())
}
