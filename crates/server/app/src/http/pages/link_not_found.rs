//! The page for a Knock Link that does not exist or is archived.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::texts::{escaped, spoken};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use knock_agent::Language;

const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page, with the name of the workspace.
pub(super) fn page(state: &AppState, language: Language) -> Result<Response, Problem> {
    let page = state.assets.text("gone.html").ok_or_else(Problem::not_found)?;
    let name = state.sites.first().map_or_else(String::new, |site| site.title().to_owned());
    let page = spoken(&page, language).replace("__V__", state.assets.version()).replace("__NAME__", &escaped(&name));
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept-language"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    Ok((StatusCode::NOT_FOUND, headers, Html(page)).into_response())
}
