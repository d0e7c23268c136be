//! `GET /api/v1/playbooks` and `GET /api/v1/playbooks/{kind}/{language}`.

use super::in_use::{InUse, first};
use super::steps::shown;
use super::{OfSite, which};
use crate::http::auth::{Allowed, SeeKnowledge};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_agent::Language;
use knock_routing::AgentKind;
use knock_wire::{PlaybookList, PlaybookVersions};

/// The playbooks in use: one for each kind of agent and language. A site without its own has that of all sites.
#[utoipa::path(get, path = "/api/v1/playbooks", tag = "team", params(OfSite), responses(
    (status = 200, description = "The playbooks", body = PlaybookList),
    (status = 422, description = "Site not found"),
))]
pub(super) async fn get(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    Query(of): Query<OfSite>,
) -> Result<Json<PlaybookList>, Problem> {
    let site = of.site(&state)?;
    let playbooks = read(state.core.store.clone(), move |view| {
        let in_use = InUse::load(view, site.as_deref())?;
        let each = |kind: &AgentKind| Language::ALL.iter().map(|language| (*kind, *language)).collect::<Vec<_>>();
        let all = AgentKind::ALL.iter().flat_map(each);
        Ok(all.map(|(kind, language)| shown(in_use.newest(kind, language), &in_use)).collect())
    });
    Ok(Json(PlaybookList { playbooks: playbooks.await? }))
}

/// All versions of a playbook.
#[utoipa::path(get, path = "/api/v1/playbooks/{kind}/{language}", tag = "team",
    params(
        ("kind" = String, Path, description = "`general`, `buying`, `support`, `hiring` or `partnership`"),
        ("language" = String, Path, description = "`en`, `de`, `fr` or `es`"),
        OfSite,
    ),
    responses(
        (status = 200, description = "Newest first", body = PlaybookVersions),
        (status = 404, description = "Playbook not found"),
        (status = 422, description = "Site not found"),
    ))]
pub(super) async fn versions(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    Path((kind, language)): Path<(String, String)>,
    Query(of): Query<OfSite>,
) -> Result<Json<PlaybookVersions>, Problem> {
    let (kind, language) = which(&kind, &language)?;
    let site = of.site(&state)?;
    let versions = read(state.core.store.clone(), move |view| {
        let id = site.as_ref().map(|site| site.id);
        let in_use = InUse::load(view, site.as_deref())?;
        let saved = view.playbook_versions(id, kind, language)?.into_iter().chain([first(id, kind, language)]);
        let own = if id.is_none() { view.sites_with_playbook(kind, language)? } else { Vec::new() };
        Ok((saved.map(|version| shown(version, &in_use)).collect(), own))
    });
    let (versions, own) = versions.await?;
    let own_sites = own.into_iter().filter_map(|id| Some(state.sites.by_id(id)?.key.clone())).collect();
    Ok(Json(PlaybookVersions { versions, own_sites }))
}
