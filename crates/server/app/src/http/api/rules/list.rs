//! `GET /api/v1/rules`.

use crate::http::auth::{Allowed, EditRouting};
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Store};
use knock_wire::RuleList;
use std::sync::Arc;

/// The newest version of every routing rule, in the order of creation, with its use.
#[utoipa::path(get, path = "/api/v1/rules", tag = "team", responses((status = 200, description = "All rules", body = RuleList)))]
pub(super) async fn get(
    _: Allowed<EditRouting>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
) -> Result<Json<RuleList>, Problem> {
    let now = clock.now();
    read(store, move |view| Presenter::new(view, now)?.rule_list()).await.map(Json)
}
