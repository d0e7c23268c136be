//! `POST /api/v1/knowledge/try`: a search in the knowledge of the AI agent.

use super::{site_of, text_of};
use crate::http::auth::{Allowed, SeeKnowledge};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_agent::Language;
use knock_engine::shown_source;
use knock_ports::Found;
use knock_wire::{FoundAnswer, KnowledgeTried, KnowledgeTryAsk};

/// The longest question, in characters: the longest message.
const LONGEST: usize = 4_000;

/// Finds the knowledge that the AI agent would answer a question from. Nothing is stored or sent.
#[utoipa::path(post, path = "/api/v1/knowledge/try", tag = "team", request_body = KnowledgeTryAsk, responses(
    (status = 200, description = "Search results", body = KnowledgeTried),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    JsonBody(ask): JsonBody<KnowledgeTryAsk>,
) -> Result<Json<KnowledgeTried>, Problem> {
    let site = site_of(&state, &ask.site, "/site")?.id;
    let question = text_of(&ask.question, LONGEST, "/question")?;
    let knowledge = state.knowledge.clone();
    let find = move |view: &dyn knock_ports::View| knowledge.consult_in(view, site, &question, Language::En);
    let said = read(state.core.store.clone(), find).await?;
    Ok(Json(KnowledgeTried { found: said.found.into_iter().next().map(shown) }))
}

fn shown(found: Found) -> FoundAnswer {
    let Found { text, source, confidence } = found;
    FoundAnswer { text, source: shown_source(source), confidence }
}
