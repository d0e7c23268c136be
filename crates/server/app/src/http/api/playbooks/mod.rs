//! `/api/v1/playbooks`: the texts of the AI agent.

mod list;
mod preview;
mod save;
mod steps;

use crate::http::problem::Problem;
use crate::http::state::AppState;
use knock_agent::Language;
use knock_routing::AgentKind;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::get))
        .routes(routes!(list::versions, save::put))
        .routes(routes!(preview::post))
}

/// Kind and language of a playbook's address; a problem for unknown words.
fn which(kind: &str, language: &str) -> Result<(AgentKind, Language), Problem> {
    let which = AgentKind::parse(kind).zip(Language::parse(language));
    which.ok_or_else(Problem::not_found)
}
