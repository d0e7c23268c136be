//! `/m/{token}`: where a visitor sees, moves and cancels a meeting. Its script asks `/v1/bookings` for it: mail scanners
//! that open the address learn nothing of the meeting, and change nothing.

use super::face::Face;
use super::link::POLICY;
use super::notice::Notice;
use super::ways::to_talk;
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::texts::{escaped, language_of};
use crate::manage_token::ManageToken;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use knock_ports::{Meeting, Site};
use serde::Deserialize;
use std::sync::Arc;

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
) -> Result<Response, Problem> {
    let language = language_of(lang.as_deref(), &headers);
    let Some(meeting) = find(&state, &token).await? else {
        let face = Face::of(&state, state.sites.first(), language);
        let (code, ways) = (StatusCode::NOT_FOUND, to_talk(&state, &face).await?);
        return Notice { code, title: "meeting.missing", text: "meeting.missing_text", ways }.page(&state, &face);
    };
    let face = Face::of(&state, site_of(&state, &meeting), language);
    let title = format!("{} · {}", face.text("meeting.title"), face.name());
    let page = face
        .page(&state, "meeting.html")?
        .replace("__LOOK__", &face.data(&state).await?)
        .replace("__SLUG__", "")
        .replace("__MEETING__", &escaped(&token))
        .replace("__HEADING__", &escaped(face.text("meeting.title")))
        .replace("__TITLE__", &escaped(&title));
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // The address is a secret of its visitor.
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::VARY, "accept-language"),
    ];
    Ok((headers, Html(page)).into_response())
}

/// The meeting that a token names; none when it was not signed here, or the meeting was erased.
async fn find(state: &AppState, token: &str) -> Result<Option<Meeting>, Problem> {
    let Some(id) = ManageToken::open(token, &state.core.key) else { return Ok(None) };
    read(state.core.store.clone(), move |view| view.meeting(id)).await
}

/// The site of a meeting, removed or not.
fn site_of(state: &AppState, meeting: &Meeting) -> Option<Arc<Site>> {
    state.sites.by_id(meeting.details.site).or_else(|| state.sites.first())
}
