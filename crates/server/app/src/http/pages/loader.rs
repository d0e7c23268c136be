//! `/k.js`: the loader, pointing at the tracker of this version.

use crate::assets::Assets;
use crate::http::problem::Problem;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use std::sync::Arc;

/// Kept for five minutes: a new version reaches every site within that.
pub(super) async fn get(State(assets): State<Arc<Assets>>) -> Result<impl IntoResponse, Problem> {
    let loader = assets.text("k.js").ok_or_else(Problem::not_found)?.replace("__V__", assets.version());
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=300, stale-while-revalidate=86400"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, loader))
}
