//! `/app/`: the dashboard's one page, whose script shows the rest, and the worker that shows push notifications.

use crate::assets::Assets;
use crate::http::problem::Problem;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use std::sync::Arc;

/// Nothing from other origins, nothing inline, in no frame of another origin.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

pub(super) async fn get(State(assets): State<Arc<Assets>>) -> Result<impl IntoResponse, Problem> {
    let page = assets.text("app.html").ok_or_else(Problem::not_found)?.replace("__V__", assets.version());
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, Html(page)))
}

/// The worker: browsers ask for it again at its address, so it is kept by none of them.
pub(super) async fn worker(State(assets): State<Arc<Assets>>) -> Result<impl IntoResponse, Problem> {
    let script = assets.text("app.push.js").ok_or_else(Problem::not_found)?;
    let kind = (header::CONTENT_TYPE, "text/javascript; charset=utf-8");
    Ok(([kind, (header::CACHE_CONTROL, "no-cache")], script))
}
