//! `/mail/workflows`: where a lead ends mails of workflows, and allows them again. Opening the address changes nothing: mail
//! scanners open links too.

use super::face::Face;
use super::notice::Notice;
use crate::connectors::mail::stop_workflow_proof;
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::texts::{escaped, language_of};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use knock_engine::commands::StopWorkflowMail;
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
    /// The language of the page; without it that of the browser.
    lang: Option<String>,
    /// Whether mails are allowed again: `1`.
    #[serde(default)]
    again: String,
}

impl Stop {
    /// The lead, when the address was sent to them.
    fn proven(&self, state: &AppState) -> Option<LeadId> {
        let lead = LeadId::parse(&self.lead).ok()?;
        let wanted = stop_workflow_proof(&state.core.key, lead);
        // Hashed, so that the time of the comparison does not depend on the proof.
        (knock_context::hash(&self.proof) == knock_context::hash(&wanted)).then_some(lead)
    }

    fn is_undo(&self) -> bool {
        self.again == "1"
    }

    /// The address of a form of the page.
    fn action(&self, lead: LeadId, again: &str) -> String {
        let lang = self.lang.as_deref().filter(|lang| lang.chars().all(|c| c.is_ascii_alphabetic() || c == '-'));
        let lang = lang.map(|lang| format!("&lang={lang}")).unwrap_or_default();
        escaped(&format!("/mail/workflows?lead={lead}&proof={}{lang}{again}", self.proof))
    }

    /// The page of a link that was not sent so.
    fn missing(&self, state: &AppState, headers: &HeaderMap) -> Result<Response, Problem> {
        let face = Face::of(state, state.sites.first(), language_of(self.lang.as_deref(), headers));
        let (code, ways) = (StatusCode::NOT_FOUND, Vec::new());
        Notice { code, title: "stop.missing", text: "stop.missing_text", ways }.page(state, &face)
    }
}

/// Asks; with mails that were ended, offers to allow them again.
pub(super) async fn get(
    State(state): State<AppState>,
    Query(stop): Query<Stop>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(lead) = stop.proven(&state) else { return stop.missing(&state, &headers) };
    page(&state, lead, false, (&stop, &headers)).await
}

/// Ends mails, by the button of the page or by one click in a mail program (RFC 8058), or allows them again.
pub(super) async fn post(
    State(state): State<AppState>,
    Query(stop): Query<Stop>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(lead) = stop.proven(&state) else { return stop.missing(&state, &headers) };
    let command = StopWorkflowMail { lead, is_stopped: !stop.is_undo(), now: state.core.clock.now() };
    state.core.writer.commit(command).await?;
    page(&state, lead, stop.is_undo(), (&stop, &headers)).await
}

/// The page, with the face of the site of the last chat.
async fn page(
    state: &AppState,
    lead: LeadId,
    is_undone: bool,
    (stop, headers): (&Stop, &HeaderMap),
) -> Result<Response, Problem> {
    let (chats, is_stopped) = read(state.core.store.clone(), move |view| {
        let of = view.merged_into(lead)?;
        Ok((view.conversations_of_lead(of)?, view.workflow_mail_stopped_at(of)?.is_some()))
    })
    .await?;
    let site = chats.first().and_then(|newest| state.sites.by_id(newest.site)).or_else(|| state.sites.first());
    let face = Face::of(state, site, language_of(stop.lang.as_deref(), headers));
    let news = if is_undone && !is_stopped {
        format!("<p role=\"status\">{}</p>", escaped(face.text("workflow_mail.undone")))
    } else {
        String::new()
    };
    let page = face
        .page(state, "workflow-mail.html")?
        .replace("__STEP__", if is_stopped { "done" } else { "ask" })
        .replace("__NEWS__", &news)
        .replace("__STOP__", &stop.action(lead, ""))
        .replace("__AGAIN__", &stop.action(lead, "&again=1"));
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Html(page)).into_response())
}
