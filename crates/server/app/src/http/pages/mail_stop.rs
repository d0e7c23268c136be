//! `/mail/stop`: where a lead ends mail to them. Opening the address changes nothing: mail scanners open links too.

use super::face::Face;
use super::notice::Notice;
use crate::connectors::mail::stop_proof;
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::texts::language_of;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use knock_engine::commands::StopMail;
use knock_model::LeadId;
use serde::Deserialize;

/// Nothing from other origins, nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A request to unsubscribe. A link that a program cut off lacks parts.
#[derive(Deserialize)]
pub(super) struct Stop {
    #[serde(default)]
    lead: String,
    /// The signature from the link in the mail.
    #[serde(default)]
    proof: String,
    /// In which language they are asked; without it that of the browser.
    lang: Option<String>,
}

impl Stop {
    /// The lead, when the address was sent to them.
    fn proven(&self, state: &AppState) -> Option<LeadId> {
        let lead = LeadId::parse(&self.lead).ok()?;
        let wanted = stop_proof(&state.core.key, lead);
        // Hashed, so that the time of the comparison does not depend on the proof.
        (knock_context::hash(&self.proof) == knock_context::hash(&wanted)).then_some(lead)
    }

    /// The page of a link that was not sent so.
    fn missing(&self, state: &AppState, headers: &HeaderMap) -> Result<Response, Problem> {
        let face = Face::of(state, state.sites.first(), language_of(self.lang.as_deref(), headers));
        let (code, ways) = (StatusCode::NOT_FOUND, Vec::new());
        Notice { code, title: "stop.missing", text: "stop.missing_text", ways }.page(state, &face)
    }
}

/// Asks.
pub(super) async fn get(
    State(state): State<AppState>,
    Query(stop): Query<Stop>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(lead) = stop.proven(&state) else { return stop.missing(&state, &headers) };
    page(&state, lead, "ask", (&stop, &headers)).await
}

/// Ends it: by the button of the page, or by one click in a mail program (RFC 8058).
pub(super) async fn post(
    State(state): State<AppState>,
    Query(stop): Query<Stop>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(lead) = stop.proven(&state) else { return stop.missing(&state, &headers) };
    state.core.writer.commit(StopMail { lead, now: state.core.clock.now() }).await?;
    page(&state, lead, "done", (&stop, &headers)).await
}

/// The page, with the face of the site of the last chat.
async fn page(
    state: &AppState,
    lead: LeadId,
    step: &str,
    (stop, headers): (&Stop, &HeaderMap),
) -> Result<Response, Problem> {
    let chats = read(state.core.store.clone(), move |view| view.conversations_of_lead(lead)).await?;
    let site = chats.first().and_then(|newest| state.sites.by_id(newest.site)).or_else(|| state.sites.first());
    let face = Face::of(state, site, language_of(stop.lang.as_deref(), headers));
    let page = face.page(state, "mail-stop.html")?.replace("__STEP__", step);
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Html(page)).into_response())
}
