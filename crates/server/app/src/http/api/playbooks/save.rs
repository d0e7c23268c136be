//! `PUT /api/v1/playbooks/{kind}/{language}`.

use super::list::standard;
use super::steps::{checked, shown};
use super::which;
use crate::http::auth::{Allowed, EditKnowledge};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{PlaybookSaved, SavePlaybook};
use knock_wire::PlaybookDraft;

/// Saves a playbook as its next version: the agent's texts from now on. Without steps, the playbook that is shipped
/// with Knock applies again.
#[utoipa::path(put, path = "/api/v1/playbooks/{kind}/{language}", tag = "team", request_body = PlaybookDraft,
    params(
        ("kind" = String, Path, description = "`general`, `buying`, `support`, `hiring` or `partnership`"),
        ("language" = String, Path, description = "`en`, `de`, `fr` or `es`"),
    ),
    responses(
        (status = 200, description = "The playbook as it is now", body = knock_wire::Playbook),
        (status = 404, description = "Playbook not found"),
        (status = 409, description = "A newer version exists"),
        (status = 422, description = "A text is wrong"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    Path((kind, language)): Path<(String, String)>,
    JsonBody(draft): JsonBody<PlaybookDraft>,
) -> Result<Json<knock_wire::Playbook>, Problem> {
    let (kind, language) = which(&kind, &language)?;
    let playbook = checked(kind, language, &draft.steps, "/steps")?;
    let command = SavePlaybook { kind, language, playbook, from: draft.version, now: state.core.clock.now() };
    match state.core.make(caller.actor(), command).await? {
        PlaybookSaved::Saved(version) => Ok(Json(shown(version.unwrap_or_else(|| standard(kind, language))))),
        PlaybookSaved::ChangedMeanwhile(version) => {
            let detail = format!("Version {version} was saved meanwhile; load it and make the change there");
            Err(Problem::new(StatusCode::CONFLICT, "changed-meanwhile", "Another version was saved meanwhile")
                .detail(detail))
        }
    }
}
