//! What those who run the server ask it.

mod readiness;
mod scrape;

pub(crate) use scrape::add_up;

use super::state::AppState;
use std::time::Duration;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// How long the store may take to answer.
const ANSWER: Duration = Duration::from_secs(2);

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(readiness::healthz))
        .routes(routes!(readiness::readyz))
        .routes(routes!(scrape::metrics))
}
