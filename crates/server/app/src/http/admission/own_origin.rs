//! The server's own origins.

use axum::http::{HeaderMap, header};
use knock_context::PublicAddress;
use knock_ingest::Origin;

/// The origins of this server for a request: the public one, and that of its `Host`.
pub(in crate::http) fn own_origins(headers: &HeaderMap, address: &PublicAddress) -> Vec<String> {
    let mut own: Vec<String> = address.origin.iter().cloned().collect();
    if let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) {
        let scheme = if address.url.starts_with("https:") { "https" } else { "http" };
        let named = format!("{scheme}://{host}");
        if address.origin.as_ref() != Some(&named) {
            own.extend(Origin::parse(&named).map(|origin| origin.to_text()));
        }
    }
    own
}

/// Whether a request comes from a page of this server; programs other than browsers send no origin.
pub(in crate::http) fn is_own(headers: &HeaderMap, address: &PublicAddress) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    match (text(header::ORIGIN), text(header::HeaderName::from_static("sec-fetch-site"))) {
        (Some(origin), _) => {
            Origin::parse(origin).is_some_and(|origin| own_origins(headers, address).contains(&origin.to_text()))
        }
        (None, Some(site)) => site == "same-origin" || site == "none",
        (None, None) => true,
    }
}
