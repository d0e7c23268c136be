//! `/v1`: what browsers of visitors call, from any origin of a site.

mod bookings;
mod chat;
mod handoffs;
mod look;
mod meetings;
mod pictures;
mod refused_email;
mod signals;
mod site;
mod visits;

pub(super) use chat::arrival;
pub(super) use meetings::{busy_times, confirm_booking};

use super::files;
use super::state::AppState;
use crate::http::routes::{Routes, routes};
use axum::http::{HeaderName, HeaderValue, Method, header, request};
use knock_ingest::Origin;
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::decompression::RequestDecompressionLayer;

pub(super) fn routes() -> Routes {
    let signals =
        Routes::new().routes(routes!(signals::post)).around(|router| router.layer(RequestDecompressionLayer::new()));
    signals
        .merge(chat::routes())
        .merge(files::routes())
        .merge(handoffs::routes())
        .routes(routes!(look::get))
        .routes(routes!(look::picture))
        .routes(routes!(pictures::get))
        .merge(meetings::routes())
        .merge(bookings::routes())
        .merge(visits::routes())
}

/// Lets pages of other origins read answers of `/v1`, but only of origins that some site lists. What became of signals
/// and of opening a chat any page may read: else a refused one could not tell a refusal from a lost connection, and go on.
pub(super) fn cors(state: &AppState) -> CorsLayer {
    let sites = Arc::clone(&state.sites);
    let is_known = move |origin: &HeaderValue, request: &request::Parts| {
        let path = request.uri.path();
        let Some(text) = origin.to_str().ok().filter(|_| path.starts_with("/v1/")) else { return false };
        let is_answer = path == "/v1/chat" || (request.method == Method::POST && path == "/v1/signals");
        // A page in a sandbox calls its origin `null`; what is neither is no page.
        (is_answer && text == "null")
            || sites.lists(text)
            || Origin::parse(text).is_some_and(|origin| is_answer || sites.knows_origin(&origin))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(is_known))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION, HeaderName::from_static("idempotency-key")])
        .expose_headers([header::RETRY_AFTER])
        .max_age(Duration::from_secs(3_600))
}
