//! `GET /api/v1/knowledge`: the answers and sources of a site, and suggested wordings.

use super::{shown_answer, shown_source, shown_suggestion, site_of};
use crate::http::auth::{Allowed, SeeKnowledge};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_wire::KnowledgeList;
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfSite {
    /// Key of the site.
    pub(super) site: String,
}

/// The knowledge of the AI agent for a site: questions with answers, and pages, sitemaps and files with their state.
/// `suggested` are wordings of leads who chose a question when the agent offered it.
#[utoipa::path(get, path = "/api/v1/knowledge", tag = "team", params(OfSite), responses(
    (status = 200, description = "The answers and sources", body = KnowledgeList),
    (status = 422, description = "Site not found"),
))]
pub(super) async fn get(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    Query(OfSite { site }): Query<OfSite>,
) -> Result<Json<KnowledgeList>, Problem> {
    let site = site_of(&state, &site, "query/site")?.id;
    let (answers, sources, suggested) = read(state.core.store.clone(), move |view| {
        Ok((view.answers(site)?, view.sources(site)?, view.suggested_wordings(site)?))
    })
    .await?;
    Ok(Json(KnowledgeList {
        answers: answers.into_iter().map(shown_answer).collect(),
        sources: sources.into_iter().map(shown_source).collect(),
        suggested: suggested.into_iter().map(shown_suggestion).collect(),
    }))
}
