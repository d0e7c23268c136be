//! `PUT /api/v1/playbooks/{kind}/{language}`.

use super::in_use::{InUse, first};
use super::steps::{checked, shown};
use super::{OfSite, unknown_site, which};
use crate::http::auth::{Allowed, EditKnowledge};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{PlaybookSaved, SavePlaybook};
use knock_wire::PlaybookDraft;

/// Saves a playbook as its next version: the agent's texts from now on, on the site or on all sites without their own.
/// Without steps, the playbook of all sites applies again on the site, or that of Knock on all sites.
#[utoipa::path(put, path = "/api/v1/playbooks/{kind}/{language}", tag = "team", request_body = PlaybookDraft,
    params(
        ("kind" = String, Path, description = "`general`, `buying`, `support`, `hiring` or `partnership`"),
        ("language" = String, Path, description = "`en`, `de`, `fr` or `es`"),
        OfSite,
    ),
    responses(
        (status = 200, description = "The playbook as it is now", body = knock_wire::Playbook),
        (status = 404, description = "Playbook not found"),
        (status = 409, description = "A newer version exists"),
        (status = 422, description = "A text is wrong, or the site was not found"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Path((kind, language)): Path<(String, String)>,
    Query(of): Query<OfSite>,
    JsonBody(draft): JsonBody<PlaybookDraft>,
) -> Result<Json<knock_wire::Playbook>, Problem> {
    let (kind, language) = which(&kind, &language)?;
    let site = of.site(&state)?;
    let id = site.as_ref().map(|site| site.id);
    let playbook = checked(kind, language, &draft.steps, "/steps")?;
    let (from, now) = (draft.version, state.core.clock.now());
    let command = SavePlaybook { site: id, kind, language, playbook, from, now };
    match state.core.make(caller.actor(), command).await? {
        PlaybookSaved::Saved(version) => {
            let version = version.unwrap_or_else(|| first(id, kind, language));
            let shown =
                read(state.core.store.clone(), move |view| Ok(shown(version, &InUse::load(view, site.as_deref())?)));
            Ok(Json(shown.await?))
        }
        PlaybookSaved::SiteRemoved => Err(unknown_site()),
        PlaybookSaved::ChangedMeanwhile(version) => {
            let detail = format!("Version {version} was saved meanwhile; load it and make the change there");
            Err(Problem::new(StatusCode::CONFLICT, "changed-meanwhile", "Another version was saved meanwhile")
                .detail(detail))
        }
    }
}
