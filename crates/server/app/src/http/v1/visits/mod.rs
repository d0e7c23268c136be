//! `/v1/visits`: the words of a member who writes to a visitor first, and the nudges of workflows.

mod events;
mod note;
mod nudges;
mod page;

use crate::http::state::AppState;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(events::get)).routes(routes!(note::post)).routes(routes!(nudges::post))
}
