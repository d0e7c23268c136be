//! `POST /api/v1/knowledge/try`: what the AI agent would do with a message.

use super::why::why;
use super::{site_of, text_of, wrong};
use crate::http::auth::{Allowed, SeeKnowledge};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_agent::{Language, Spoken, Understood, understand};
use knock_engine::shown_source;
use knock_knowledge::Knowledge;
use knock_model::SiteId;
use knock_ports::{Consulted, Found, OfferedQuestion, Scored, StoreError, View};
use knock_wire::{FoundAnswer, KnowledgeScore, KnowledgeTried, KnowledgeTryAsk};

/// The longest question, in characters: the longest message.
const LONGEST: usize = 4_000;
/// The language of a chat when the request names none.
pub(super) const USUAL: Language = Language::En;

/// What the AI agent would do with a message: answer it from the knowledge, offer known questions, or reply to an act
/// such as a greeting, and why. Nothing is stored or sent.
#[utoipa::path(post, path = "/api/v1/knowledge/try", tag = "team", request_body = KnowledgeTryAsk, responses(
    (status = 200, description = "What the agent would do", body = KnowledgeTried),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    JsonBody(ask): JsonBody<KnowledgeTryAsk>,
) -> Result<Json<KnowledgeTried>, Problem> {
    let site = site_of(&state, &ask.site, "/site")?.id;
    let question = text_of(&ask.question, LONGEST, "/question")?;
    let language = ask.language.as_deref().map(language).transpose()?.unwrap_or(USUAL);
    let knowledge = state.knowledge.clone();
    let try_it = move |view: &dyn View| tried(view, &knowledge, site, &question, language);
    Ok(Json(read(state.core.store.clone(), try_it).await?))
}

fn language(code: &str) -> Result<Language, Problem> {
    Language::parse(code).ok_or_else(|| wrong("/language", "is neither `en`, `de`, `fr` nor `es`".to_owned()))
}

/// What the agent would do with a message to a site.
pub(super) fn tried(
    view: &dyn View,
    knowledge: &Knowledge,
    site: SiteId,
    text: &str,
    language: Language,
) -> Result<KnowledgeTried, StoreError> {
    let understood = understand(text);
    let consulted = knowledge.consult_in(view, site, text, &understood, language)?;
    Ok(shown_trial(&understood, consulted))
}

fn shown_trial(understood: &Understood, consulted: Consulted) -> KnowledgeTried {
    let why = why(understood, &consulted);
    let Consulted { found, offered, scores, .. } = consulted;
    let mut found = found.into_iter().map(shown);
    KnowledgeTried {
        found: found.next(),
        more: found.collect(),
        act: understood.main().map(|act| act.as_str().to_owned()),
        language: understood.spoken.map(|spoken| code(spoken).to_owned()),
        offered: offered.into_iter().map(shown_offer).collect(),
        scores: scores.into_iter().map(shown_score).collect(),
        why,
    }
}

fn code(spoken: Spoken) -> &'static str {
    match spoken {
        Spoken::Own(language) => language.as_str(),
        Spoken::Foreign(language) => language.as_str(),
    }
}

fn shown(found: Found) -> FoundAnswer {
    let Found { text, source, confidence } = found;
    FoundAnswer { text, source: shown_source(source), confidence }
}

fn shown_offer(offered: OfferedQuestion) -> knock_wire::OfferedQuestion {
    let OfferedQuestion { id, question } = offered;
    knock_wire::OfferedQuestion { id, question }
}

fn shown_score(scored: Scored) -> KnowledgeScore {
    let Scored { source, score, words } = scored;
    KnowledgeScore { source: shown_source(source), score, words }
}
