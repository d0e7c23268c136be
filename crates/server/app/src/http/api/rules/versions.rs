//! `GET /api/v1/rules/{id}/versions`: the versions of a rule.

use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Store};
use knock_wire::RuleVersions;
use std::sync::Arc;

/// All versions of a rule, newest first, even after its deletion. Saving the content of one creates the next version.
#[utoipa::path(get, path = "/api/v1/rules/{id}/versions", tag = "team",
    params(("id" = String, Path, description = "Id of the rule")),
    responses(
        (status = 200, description = "The versions", body = RuleVersions),
        (status = 404, description = "Rule not found"),
    ))]
pub(super) async fn get(
    _: Allowed<EditRouting>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    Path(id): Path<String>,
) -> Result<Json<RuleVersions>, Problem> {
    let now = clock.now();
    let found = read(store, move |view| Presenter::new(view, now)?.rule_versions(&id)).await?;
    if found.versions.is_empty() { Err(Problem::not_found()) } else { Ok(Json(found)) }
}
