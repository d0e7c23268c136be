//! `GET /api/v1/knowledge/sites`: the sites that can have knowledge of the AI agent.

use crate::http::auth::{Allowed, SeeKnowledge};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_wire::{KnowledgeSite, KnowledgeSites};

/// Keys and names of the sites in use, for members who may not see the settings of sites.
#[utoipa::path(get, path = "/api/v1/knowledge/sites", tag = "team", responses(
    (status = 200, description = "The sites", body = KnowledgeSites),
))]
pub(super) async fn get(_: Allowed<SeeKnowledge>, State(state): State<AppState>) -> Json<KnowledgeSites> {
    let all = state.sites.all();
    let in_use = all.iter().filter(|site| site.removed_at.is_none());
    let sites = in_use.map(|site| KnowledgeSite { key: site.key.clone(), name: site.name.clone(), is_demo: site.demo });
    Json(KnowledgeSites { sites: sites.collect() })
}
