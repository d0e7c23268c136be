//! The address of whoever asks, behind trusted proxies too.

use super::problem::Problem;
use super::state::AppState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use std::net::{IpAddr, SocketAddr};

/// Whose requests are counted together.
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<ClientAddress, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().ok_or_else(Problem::internal)?;
        Ok(ClientAddress(state.limits.trusted_proxies.client(peer.0.ip(), &parts.headers)))
    }
}
