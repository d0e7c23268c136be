//! `/mail/stop`: where a lead ends mail to them. Opening the address changes nothing: mail scanners open links too.

use crate::connectors::mail::stop_proof;
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::texts::{language_of, spoken};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse};
use knock_agent::Language;
use knock_engine::commands::StopMail;
use knock_model::LeadId;
use serde::Deserialize;

/// Nothing from other origins, nothing inline.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A request to unsubscribe.
#[derive(Deserialize)]
pub(super) struct Stop {
    lead: LeadId,
    /// The signature from the link in the mail.
    proof: String,
    /// In which language they are asked; without it that of the browser.
    lang: Option<String>,
}

impl Stop {
    /// The lead, when the address was sent to them.
    fn proven(&self, state: &AppState) -> Result<LeadId, Problem> {
        let wanted = stop_proof(&state.core.key, self.lead);
        // Hashed, so that the time of the comparison does not depend on the proof.
        if knock_context::hash(&self.proof) == knock_context::hash(&wanted) {
            Ok(self.lead)
        } else {
            Err(Problem::not_found())
        }
    }
}

/// Asks.
pub(super) async fn get(
    State(state): State<AppState>,
    Query(stop): Query<Stop>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    stop.proven(&state)?;
    page(&state, "ask", language_of(stop.lang.as_deref(), &headers))
}

/// Ends it: by the button of the page, or by one click in a mail program (RFC 8058).
pub(super) async fn post(
    State(state): State<AppState>,
    Query(stop): Query<Stop>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let lead = stop.proven(&state)?;
    state.core.writer.commit(StopMail { lead, now: state.core.clock.now() }).await?;
    page(&state, "done", language_of(stop.lang.as_deref(), &headers))
}

fn page(state: &AppState, step: &str, language: Language) -> Result<impl IntoResponse + use<>, Problem> {
    let page = state.assets.text("mail-stop.html").ok_or_else(Problem::not_found)?;
    let page = spoken(&page, language).replace("__V__", state.assets.version()).replace("__STEP__", step);
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Html(page)))
}
