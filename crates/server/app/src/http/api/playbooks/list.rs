//! `GET /api/v1/playbooks` and `GET /api/v1/playbooks/{kind}/{language}`.

use super::steps::shown;
use super::which;
use crate::http::auth::{Allowed, SeeKnowledge};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_agent::Language;
use knock_model::Millis;
use knock_ports::PlaybookVersion;
use knock_routing::AgentKind;
use knock_wire::{PlaybookList, PlaybookVersions};

/// The playbooks in use: one for each kind of agent and language.
#[utoipa::path(get, path = "/api/v1/playbooks", tag = "team", responses(
    (status = 200, description = "The playbooks", body = PlaybookList),
))]
pub(super) async fn get(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
) -> Result<Json<PlaybookList>, Problem> {
    let saved = read(state.core.store.clone(), |view| view.current_playbooks()).await?;
    let in_use = |kind: AgentKind, language: Language| {
        let saved = saved.iter().find(|saved| (saved.kind, saved.language) == (kind, language));
        saved.cloned().unwrap_or_else(|| standard(kind, language))
    };
    let all = AgentKind::ALL.iter().flat_map(|kind| Language::ALL.iter().map(|language| in_use(*kind, *language)));
    Ok(Json(PlaybookList { playbooks: all.map(shown).collect() }))
}

/// All versions of a playbook.
#[utoipa::path(get, path = "/api/v1/playbooks/{kind}/{language}", tag = "team",
    params(
        ("kind" = String, Path, description = "`general`, `buying`, `support`, `hiring` or `partnership`"),
        ("language" = String, Path, description = "`en`, `de`, `fr` or `es`"),
    ),
    responses(
        (status = 200, description = "Newest first", body = PlaybookVersions),
        (status = 404, description = "Playbook not found"),
    ))]
pub(super) async fn versions(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    Path((kind, language)): Path<(String, String)>,
) -> Result<Json<PlaybookVersions>, Problem> {
    let (kind, language) = which(&kind, &language)?;
    let versions = read(state.core.store.clone(), move |view| view.playbook_versions(kind, language)).await?;
    let versions = versions.into_iter().chain([standard(kind, language)]).map(shown).collect();
    Ok(Json(PlaybookVersions { versions }))
}

/// The playbook that is shipped with Knock.
pub(super) const fn standard(kind: AgentKind, language: Language) -> PlaybookVersion {
    PlaybookVersion { kind, language, version: 0, saved_at: Millis(0), playbook: None }
}
