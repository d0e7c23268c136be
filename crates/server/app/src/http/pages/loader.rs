//! `/k.js`: the loader, pointing at the tracker of this version.

use super::any_site::for_any_site;
use crate::assets::Assets;
use crate::http::problem::Problem;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Kept for five minutes: a new version reaches every site within that.
const KEPT: &str = "public, max-age=300, stale-while-revalidate=86400";

pub(super) async fn get(State(assets): State<Arc<Assets>>) -> Result<Response, Problem> {
    send(&assets, KEPT)
}

/// The loader, to be kept so long.
pub(super) fn send(assets: &Assets, kept: &'static str) -> Result<Response, Problem> {
    let loader = assets.loader().ok_or_else(Problem::not_found)?;
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, kept)];
    Ok(for_any_site((headers, loader).into_response()))
}
