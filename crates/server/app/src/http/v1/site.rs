//! The site that a request of a visitor's page names.

use crate::http::admission::own_origins;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::http::{HeaderMap, header};
use knock_ingest::may_send;
use knock_ports::Site;
use std::sync::Arc;

/// The site, when the page may speak for it.
pub(super) fn site_for(state: &AppState, headers: &HeaderMap, key: &str) -> Result<Arc<Site>, Problem> {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let own = own_origins(headers, &state.core.address);
    Ok(may_send(state.sites.by_key(key), key, origin, &own)?)
}
