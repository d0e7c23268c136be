//! Endpoints for operators: health, readiness, metrics.

mod readiness;
mod scrape;

pub(crate) use scrape::add_up;

use super::problem::Problem;
use super::state::AppState;
use crate::http::routes::{Routes, routes};
use axum::Router;
use axum::routing::get;
use std::time::Duration;

/// The timeout of the store.
const ANSWER: Duration = Duration::from_secs(2);

/// The routes of the listener for metrics.
pub(crate) fn metrics_router(state: AppState) -> Router {
    Router::new()
        .route("/metrics", get(scrape::metrics_with_keys))
        .fallback(|| async { Problem::not_found() })
        .with_state(state)
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(readiness::healthz))
        .routes(routes!(readiness::readyz))
        .routes(routes!(scrape::metrics))
}
