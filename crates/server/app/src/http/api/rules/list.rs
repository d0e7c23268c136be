//! `GET /api/v1/rules`.

use crate::http::auth::{Allowed, EditRouting};
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_ports::Store;
use knock_wire::RuleList;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The newest version of every routing rule, in the order they were made.
#[utoipa::path(get, path = "/api/v1/rules", tag = "team", responses((status = 200, description = "All rules", body = RuleList)))]
pub(super) async fn get(
    _: Allowed<EditRouting>,
    State(store): State<Arc<dyn Store>>,
) -> Result<Json<RuleList>, Problem> {
    read(store, |view| Ok(RuleList { rules: view.rules()?, uses: BTreeMap::new() })).await.map(Json)
}
