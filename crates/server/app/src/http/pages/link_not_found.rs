//! The page for a Knock Link that does not exist or is archived.

use super::face::Face;
use super::notice::Notice;
use super::ways::to_talk;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::http::StatusCode;
use axum::response::Response;
use knock_agent::Language;
use knock_ports::Link;

/// The page, with the name of the archived link's site, or of the first one.
pub(super) async fn page(state: &AppState, archived: Option<&Link>, language: Language) -> Result<Response, Problem> {
    let site = archived.map_or_else(|| state.sites.first(), |link| state.sites.of_link(link));
    let face = Face::of(state, site, language);
    let ways = to_talk(state, &face).await?;
    Notice { code: StatusCode::NOT_FOUND, title: "gone.title", text: "gone.text", ways }.page(state, &face)
}
