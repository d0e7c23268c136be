//! `GET /api/v1/sites/{key}/refused`: refused signals of a site, with their reasons.

use crate::http::auth::{Allowed, ManageSites};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_wire::RefusedList;

/// Signals of a site that were not stored since the server started: invalid, filtered or rate limited, by field and
/// reason, the latest first; at most 100 kinds. Of the signals' contents, only the path of a page is kept, without any
/// part that may identify a person.
#[utoipa::path(get, path = "/api/v1/sites/{key}/refused", tag = "team",
    params(("key" = String, Path, description = "Key of the site")),
    responses(
        (status = 200, description = "The kinds of refusal", body = RefusedList),
        (status = 404, description = "Site not found"),
    ))]
pub(super) async fn get(
    _: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<Json<RefusedList>, Problem> {
    let site = state.sites.by_key(&key).ok_or_else(Problem::not_found)?;
    Ok(Json(RefusedList { refused: state.refused.of(site.id) }))
}
