//! `GET /api/v1/reports/{name}/items`: what a number of a report counts.

use super::{asked, named};
use crate::http::api::parameter::wrong;
use crate::http::auth::{Allowed, SeeReports};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::reports::ReportWords;
use axum::Json;
use axum::extract::State;
use knock_report::{Metric, Report};
use knock_wire::ReportItems;
use serde::Deserialize;

/// The number.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Cell {
    /// The metric, by its name. It is needed.
    metric: Option<String>,
    /// The row, by its key. Without it, the total.
    row: Option<String>,
}

/// What a number of a report counts, asked as the report itself: the leads, each with the instant at which it counts.
/// Where the number is a count, there are as many. The newest 500 are listed.
#[utoipa::path(get, path = "/api/v1/reports/{name}/items", tag = "team",
    params(("name" = String, Path, description = "Name of the report"), ReportWords, Cell),
    responses(
        (status = 200, description = "What the number counts", body = ReportItems),
        (status = 400, description = "Invalid parameter"),
        (status = 404, description = "Report not found; `detail` names those that there are"),
    ))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<SeeReports>,
    State(state): State<AppState>,
    Path(name): Path<String>,
    Query(words): Query<ReportWords>,
    Query(Cell { metric, row }): Query<Cell>,
) -> Result<Json<ReportItems>, Problem> {
    let now = state.core.clock.now();
    let of = named(&name)?;
    let metric = metric_of(of, metric.as_deref().unwrap_or_default())?;
    let ask = asked(&state, &caller, words, of, now).await?;
    let items = read(state.core.store.clone(), move |view| {
        knock_engine::report_items(view, of, &ask, metric, row.as_deref(), now)
    });
    items.await.map(Json)
}

/// The metric of a report with a name, if its numbers can be opened.
fn metric_of(of: &'static Report, name: &str) -> Result<&'static Metric, Problem> {
    let opened = || of.metrics.iter().copied().filter(|metric| metric.opens());
    opened().find(|metric| metric.name == name).ok_or_else(|| {
        let names: Vec<&str> = opened().map(|metric| metric.name).collect();
        wrong("metric", format!("is none of {}", names.join(", ")))
    })
}
