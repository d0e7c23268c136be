//! `/m/{token}`: where a visitor sees, moves and cancels a meeting. Its script asks `/v1/bookings` for it: mail scanners
//! that open the address learn nothing of the meeting, and change nothing.

use super::link::POLICY;
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::texts::{escaped, language_of, spoken};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse};
use serde::Deserialize;

/// The parameters of the page.
#[derive(Deserialize)]
pub(super) struct Shown {
    /// In which language, such as `de`; without it that of the browser.
    lang: Option<String>,
}

pub(super) async fn get(
    State(state): State<AppState>,
    Path(token): Path<String>,
    Query(Shown { lang }): Query<Shown>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let page = state.assets.text("meeting.html").ok_or_else(Problem::not_found)?;
    let page = page.replace("__TITLE__", "__meeting.title__");
    let page = spoken(&page, language_of(lang.as_deref(), &headers))
        .replace("__V__", state.assets.version())
        .replace("__SLUG__", "")
        .replace("__MEETING__", &escaped(&token));
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // The address is a secret of its visitor.
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::VARY, "accept-language"),
    ];
    Ok((headers, Html(page)))
}
