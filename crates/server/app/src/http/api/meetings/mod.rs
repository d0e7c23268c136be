//! `/api/v1/meetings`: the meetings of the team.

mod change;
mod leads;
mod list;

use crate::http::state::AppState;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::get))
        .routes(routes!(list::one, change::patch))
        .routes(routes!(change::slots))
        .routes(routes!(leads::get))
        .routes(routes!(leads::not_spam))
}
