//! `/api/v1/knowledge/unanswered`: questions of leads that the AI agent could not answer.

use crate::http::auth::{Allowed, EditKnowledge, SeeKnowledge};
use crate::http::body::{JsonBody, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::SettleQuestion;
use knock_model::{Millis, SiteId};
use knock_ports::{QuestionHash, StoreError, Unanswered, View};
use knock_wire::{FieldError, QuestionDismissal, UnansweredList, UnansweredQuestion};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The time for which questions are listed.
const SPAN: Millis = Millis::days(90);
/// The largest number of questions that are read.
const MOST_READ: u32 = 5_000;
/// The largest number of questions that are listed.
const MOST: usize = 200;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get)).routes(routes!(dismiss))
}

/// The site.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct OfSite {
    /// Key of the site.
    site: String,
}

/// Questions of the last 90 days that the AI agent could not answer, the most frequent first. Questions with the same
/// significant words count as the same.
#[utoipa::path(get, path = "/api/v1/knowledge/unanswered", tag = "team", params(OfSite), responses(
    (status = 200, description = "Up to 200 questions", body = UnansweredList),
    (status = 400, description = "Site not found"),
))]
async fn get(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    Query(OfSite { site }): Query<OfSite>,
) -> Result<Json<UnansweredList>, Problem> {
    let site = state.sites.in_use(&site).ok_or_else(|| unknown_site("query/site", Problem::malformed))?.id;
    let now = state.core.clock.now();
    let questions = read(state.core.store.clone(), move |view| listed(view, site, now)).await?;
    Ok(Json(UnansweredList { questions }))
}

/// The listed questions of a site.
pub(super) fn listed(view: &dyn View, site: SiteId, now: Millis) -> Result<Vec<UnansweredQuestion>, StoreError> {
    let asked = view.unanswered(site, now - SPAN, MOST_READ)?;
    Ok(counted(asked, &view.settled_questions(site)?.into_iter().collect()))
}

/// Dismisses a question: it is not listed until it is asked again.
#[utoipa::path(post, path = "/api/v1/knowledge/unanswered/dismiss", tag = "team", request_body = QuestionDismissal,
    responses(
        (status = 204, description = "Dismissed"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
async fn dismiss(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    JsonBody(QuestionDismissal { site, question }): JsonBody<QuestionDismissal>,
) -> Result<StatusCode, Problem> {
    let site = state.sites.in_use(&site).ok_or_else(|| unknown_site("/site", Problem::invalid))?.id;
    let mut hash = [0; 32];
    hex::decode_to_slice(&question, &mut hash).map_err(|_| {
        Problem::invalid(FieldError { pointer: "/question".into(), reason: "is not the id of a question".into() })
    })?;
    let (question, now) = (QuestionHash(hash), state.core.clock.now());
    state.core.make(caller.actor(), SettleQuestion { site, question, now }).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn unknown_site(pointer: &str, problem: fn(FieldError) -> Problem) -> Problem {
    problem(FieldError { pointer: pointer.into(), reason: "is the key of no site in use".into() })
}

/// Each question once, without those that were settled after they were last asked.
fn counted(asked: Vec<Unanswered>, settled: &BTreeMap<QuestionHash, Millis>) -> Vec<UnansweredQuestion> {
    let mut questions: BTreeMap<QuestionHash, UnansweredQuestion> = BTreeMap::new();
    for Unanswered { key, text, at, conversation } in asked {
        let hash = QuestionHash(Sha256::digest(key).into());
        if settled.get(&hash).is_some_and(|settled| *settled >= at) {
            continue;
        }
        // Newest first: the first one has the latest wording.
        let known = questions.entry(hash).or_insert_with(|| UnansweredQuestion {
            id: hex::encode(hash.0),
            question: text,
            times: 0,
            last_at: at,
            conversation,
        });
        known.times += 1;
    }
    let mut questions: Vec<_> = questions.into_values().collect();
    questions.sort_by(|a, b| (b.times, b.last_at, &a.id).cmp(&(a.times, a.last_at, &b.id)));
    questions.truncate(MOST);
    questions
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::ConversationId;

    #[test]
    fn questions_are_counted_until_they_are_settled() {
        let asked = |key: &str, text: &str, at: i64| Unanswered {
            key: key.into(),
            text: text.into(),
            at: Millis(at),
            conversation: ConversationId::new([1; 16]),
        };
        let all = || vec![asked("saml", "SAML?", 9), asked("sap", "SAP?", 7), asked("saml", "saml", 5)];
        let shown = |settled: &[(&str, i64)]| {
            let hash = |key: &str| QuestionHash(Sha256::digest(key).into());
            let settled = settled.iter().map(|(key, at)| (hash(key), Millis(*at))).collect();
            let list = counted(all(), &settled);
            list.into_iter().map(|question| (question.question, question.times)).collect::<Vec<_>>()
        };
        let of =
            |list: &[(&str, u32)]| list.iter().map(|(text, times)| ((*text).to_owned(), *times)).collect::<Vec<_>>();
        assert_eq!(shown(&[]), of(&[("SAML?", 2), ("SAP?", 1)]));
        assert_eq!(shown(&[("saml", 5)]), of(&[("SAP?", 1), ("SAML?", 1)]).into_iter().rev().collect::<Vec<_>>());
        assert_eq!(shown(&[("saml", 9)]), of(&[("SAP?", 1)]));
    }
}
