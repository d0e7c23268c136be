//! `/app/preview`: the page in which the dashboard shows a look. It has no data: the dashboard sends what it shows.

use crate::assets::Assets;
use crate::http::problem::Problem;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use std::sync::Arc;

/// As the dashboard's, but in a frame of this origin.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

pub(super) async fn get(State(assets): State<Arc<Assets>>) -> Result<impl IntoResponse, Problem> {
    let page = assets.text("preview.html").ok_or_else(Problem::not_found)?.replace("__V__", assets.version());
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Html(page)))
}
