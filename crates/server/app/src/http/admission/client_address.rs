//! The address of the client, behind trusted proxies too.

use crate::config::Http;
use crate::http::problem::Problem;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::request::Parts;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The address whose requests are counted together.
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress
where
    Arc<Http>: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<ClientAddress, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().ok_or_else(Problem::internal)?;
        let limits = Arc::<Http>::from_ref(state);
        Ok(ClientAddress(limits.trusted_proxies.client(peer.0.ip(), limits.proxy_header, &parts.headers)))
    }
}
