//! `/frame/{site}`: the chat of a site in a frame of its pages, for those that do not permit WebAssembly.
//!
//! Its requests come from this server's own origin, so only pages of the site may frame it, and its script obeys no other.

use super::face::Face;
use super::link::{POLICY, frame_ancestors};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::texts::{escaped, language_of};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{Html, IntoResponse};
use serde::Deserialize;
use std::slice;

/// The parameter of the page.
#[derive(Deserialize)]
pub(super) struct Spoken {
    /// In which language, such as `de`; without it that of the browser.
    lang: Option<String>,
}

pub(super) async fn get(
    State(state): State<AppState>,
    Path(key): Path<String>,
    Query(Spoken { lang }): Query<Spoken>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let site = state.sites.in_use(&key).ok_or_else(Problem::not_found)?;
    let pages = frame_ancestors(&state, slice::from_ref(&site));
    let face = Face::of(&state, Some(site), language_of(lang.as_deref(), &headers));
    let page = face
        .page(&state, "frame.html")?
        // A proxy of the site may serve it below a path.
        .replace("href=\"/", "href=\"../")
        .replace("src=\"/", "src=\"../")
        .replace("__SITE__", &escaped(&key))
        .replace("__PAGES__", &escaped(&pages));
    let fixed = |name, value: &'static str| (HeaderName::from_static(name), value.to_owned());
    let headers = [
        (header::CONTENT_SECURITY_POLICY, format!("{POLICY}{pages}")),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::VARY, "accept-language".to_owned()),
        fixed("x-robots-tag", "noindex"),
        // Pages that are isolated from other origins embed nothing that does not agree.
        fixed("cross-origin-resource-policy", "cross-origin"),
        fixed("cross-origin-embedder-policy", "require-corp"),
    ];
    Ok((headers, Html(page)))
}
