//! `/api/v1/visits`: who is on a site now, and messages to them.

mod list;
mod messages;

use crate::http::state::AppState;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list::get)).routes(routes!(messages::post))
}
