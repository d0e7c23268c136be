//! `/api/v1/agent`: the settings of the AI agent.

use crate::http::auth::{Allowed, EditKnowledge, SeeKnowledge};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::SaveSetting;
use knock_ports::{Setting, Settings};
use knock_wire::AgentSettings;

/// The settings of the AI agent.
#[utoipa::path(get, path = "/api/v1/agent", tag = "team", responses(
    (status = 200, description = "Its settings", body = AgentSettings),
))]
pub(super) async fn get(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
) -> Result<Json<AgentSettings>, Problem> {
    let settings = read(state.core.store.clone(), |view| view.settings()).await?;
    let Settings { asks_to_clarify, rejects_abuse, .. } = settings;
    Ok(Json(AgentSettings { asks_to_clarify, rejects_abuse }))
}

/// Changes the settings of the AI agent, from the next message on.
#[utoipa::path(put, path = "/api/v1/agent", tag = "team", request_body = AgentSettings, responses(
    (status = 200, description = "Its settings as they are now", body = AgentSettings),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    JsonBody(settings): JsonBody<AgentSettings>,
) -> Result<Json<AgentSettings>, Problem> {
    for setting in [Setting::AsksToClarify(settings.asks_to_clarify), Setting::RejectsAbuse(settings.rejects_abuse)] {
        state.core.make(caller.actor(), SaveSetting { setting }).await?;
    }
    Ok(Json(settings))
}
