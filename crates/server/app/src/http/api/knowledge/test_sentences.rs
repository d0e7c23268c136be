//! `/api/v1/knowledge/tests`: sentences by which the team tests the AI agent of a site.

use super::list::OfSite;
use super::outcome::{LONGEST_OUTCOME, outcome};
use super::tried::{USUAL, tried};
use super::{site_of, text_of, wrong};
use crate::http::auth::{Allowed, EditKnowledge, SeeKnowledge};
use crate::http::body::{JsonBody, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::{MOST_TEST_SENTENCES, SaveTestSentences};
use knock_ports::{TestSentence, View};
use knock_wire::{TestResult, TestRun, TestRunAsk, TestSentenceDraft, TestSentenceList, TestSentencesDraft};
use std::collections::BTreeSet;

/// The longest sentence, in characters.
const LONGEST: usize = 300;

/// The test sentences of a site, with what the agent did when it was last accepted.
#[utoipa::path(get, path = "/api/v1/knowledge/tests", tag = "team", params(OfSite), responses(
    (status = 200, description = "The sentences", body = TestSentenceList),
    (status = 422, description = "Site not found"),
))]
pub(super) async fn get(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    Query(OfSite { site }): Query<OfSite>,
) -> Result<Json<TestSentenceList>, Problem> {
    let site = site_of(&state, &site, "query/site")?.id;
    let sentences = read(state.core.store.clone(), move |view| view.test_sentences(site)).await?;
    Ok(Json(shown(sentences)))
}

/// Replaces the test sentences of a site, and accepts what the agent does with them.
#[utoipa::path(put, path = "/api/v1/knowledge/tests", tag = "team", params(OfSite), request_body = TestSentencesDraft,
    responses(
        (status = 200, description = "The sentences as they are now", body = TestSentenceList),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Query(OfSite { site }): Query<OfSite>,
    JsonBody(draft): JsonBody<TestSentencesDraft>,
) -> Result<Json<TestSentenceList>, Problem> {
    let site = site_of(&state, &site, "query/site")?.id;
    let save = SaveTestSentences { site, sentences: checked(&draft.sentences)?, now: state.core.clock.now() };
    let saved = state.core.make(caller.actor(), save).await?;
    Ok(Json(shown(saved.ok_or_else(Problem::not_found)?)))
}

/// Tries all test sentences of a site with the agent as it is now. Nothing is stored or sent.
#[utoipa::path(post, path = "/api/v1/knowledge/tests/run", tag = "team", request_body = TestRunAsk, responses(
    (status = 200, description = "What the agent does with each sentence", body = TestRun),
    (status = 422, description = "Site not found"),
))]
pub(super) async fn run(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    JsonBody(TestRunAsk { site }): JsonBody<TestRunAsk>,
) -> Result<Json<TestRun>, Problem> {
    let site = site_of(&state, &site, "/site")?.id;
    let knowledge = state.knowledge.clone();
    let run = move |view: &dyn View| {
        let sentences = view.test_sentences(site)?.into_iter();
        let results = sentences.map(|sentence| {
            let now = outcome(&tried(view, &knowledge, site, &sentence.text, USUAL)?);
            let TestSentence { text, accepted, accepted_at } = sentence;
            Ok(TestResult { text, now, accepted: accepted_at.map(|_| accepted), accepted_at })
        });
        results.collect()
    };
    Ok(Json(TestRun { results: read(state.core.store.clone(), run).await? }))
}

/// The sentences to save; an error names the wrong one.
fn checked(drafts: &[TestSentenceDraft]) -> Result<Vec<(String, Option<String>)>, Problem> {
    if drafts.len() > MOST_TEST_SENTENCES {
        return Err(wrong("/sentences", format!("must have at most {MOST_TEST_SENTENCES} entries")));
    }
    let mut texts = BTreeSet::new();
    let sentence = |(at, draft): (usize, &TestSentenceDraft)| {
        let text = text_of(&draft.text.replace('\n', " "), LONGEST, &format!("/sentences/{at}/text"))?;
        if !texts.insert(text.clone()) {
            return Err(wrong(&format!("/sentences/{at}/text"), "is there already".to_owned()));
        }
        let place = format!("/sentences/{at}/accepted");
        let accepted = draft.accepted.as_deref().map(|text| text_of(text, LONGEST_OUTCOME, &place)).transpose()?;
        Ok((text, accepted))
    };
    drafts.iter().enumerate().map(sentence).collect()
}

fn shown(sentences: Vec<TestSentence>) -> TestSentenceList {
    let shown = |sentence: TestSentence| {
        let TestSentence { text, accepted, accepted_at } = sentence;
        knock_wire::TestSentence { text, accepted: accepted_at.map(|_| accepted), accepted_at }
    };
    TestSentenceList { sentences: sentences.into_iter().map(shown).collect() }
}
