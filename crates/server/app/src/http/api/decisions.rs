//! `GET /api/v1/decisions`: routing decisions with their reasons.

use super::page::page;
use crate::http::auth::{Allowed, SeeReports};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Store};
use knock_wire::DecisionPage;
use serde::Deserialize;
use std::sync::Arc;

/// The filter for decisions.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DecisionQuery {
    /// The cursor: `next` of the page before.
    after: Option<String>,
    /// The number of items, 1 to 200.
    limit: Option<u32>,
}

/// Every routing decision, newest first. A decision is a fact and never changes.
#[utoipa::path(get, path = "/api/v1/decisions", tag = "team", params(DecisionQuery), responses(
    (status = 200, description = "A page of decisions", body = DecisionPage),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    _: Allowed<SeeReports>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Query(query): Query<DecisionQuery>,
) -> Result<Json<DecisionPage>, Problem> {
    let page = page("after", query.after.as_deref(), query.limit)?;
    let now = clock.now();
    let found = read(store, move |view| {
        let rows = Presenter::new(view, now)?.decisions(page.from, page.limit)?;
        let next = super::page::next(&rows, page.limit, |(cursor, _)| *cursor);
        Ok(DecisionPage { decisions: rows.into_iter().map(|(_, row)| row).collect(), next })
    });
    found.await.map(Json)
}
