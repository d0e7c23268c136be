//! `/v1/handoffs`: a visitor goes from one site of the workspace to another on a different domain.

mod redeem;
mod start;

use crate::http::problem::Problem;
use crate::http::state::AppState;
use knock_ports::Site;
use std::net::SocketAddr;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(start::post)).routes(routes!(redeem::post))
}

/// A handoff is limited as a signal is.
fn take_one(state: &AppState, site: &Site, from: SocketAddr) -> Result<(), Problem> {
    state.limiter.take(site.id.0, from.ip(), 1).map_err(|wait| Problem::rate_limited(wait.0))
}
