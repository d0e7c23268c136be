//! `/v1/handoffs`: a visitor goes from one site of the workspace to another on a different domain.

mod redeem;
mod start;
mod token;

use crate::http::admission::{Load, Sender};
use crate::http::problem::Problem;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use knock_ports::Site;
use std::net::IpAddr;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(start::post)).routes(routes!(redeem::post))
}

/// A handoff is limited as a signal is.
fn take_one(state: &AppState, site: &Site, from: IpAddr) -> Result<(), Problem> {
    let sender = Sender { address: from, has_ingest_key: false };
    state.limiter.take(site.id.0, sender, Load { signals: 1, bytes: 0 }).map_err(Problem::from)
}
