//! The site that a request of a visitor's page names.

use crate::http::admission::{is_own, own_origins};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::http::{HeaderMap, HeaderValue, header};
use knock_ingest::may_send;
use knock_ports::Site;
use std::sync::Arc;

/// The site, when the page may speak for it.
pub(super) fn site_for(state: &AppState, headers: &HeaderMap, key: &str) -> Result<Arc<Site>, Problem> {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let own = own_origins(headers, &state.core.address);
    Ok(may_send(state.sites.by_key(key), key, origin, &own)?)
}

/// The headers with the server's own origin where its own page asks: a browser names none in a GET to where the page
/// comes from, and a page of another origin names its own or cannot read the answer.
pub(super) fn named(state: &AppState, mut headers: HeaderMap) -> HeaderMap {
    let address = &state.core.address;
    if !headers.contains_key(header::ORIGIN) && is_own(&headers, address) {
        let own = own_origins(&headers, address).pop().and_then(|own| HeaderValue::from_str(&own).ok());
        headers.extend(own.map(|own| (header::ORIGIN, own)));
    }
    headers
}
