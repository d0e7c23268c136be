//! `GET /api/v1/rules/inputs`: the parts of a rule.

use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_routing::Funnel;
use knock_wire::RuleInputs;
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct InputsQuery {
    /// `chat` or `meeting`; without it, `chat`.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    funnel: Option<Funnel>,
}

/// The fields of conditions, with their operators and the values seen in the last 30 days, and the possible
/// assignees.
#[utoipa::path(get, path = "/api/v1/rules/inputs", tag = "team", params(InputsQuery), responses(
    (status = 200, description = "Fields, members, agents and turns", body = RuleInputs),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    _: Allowed<EditRouting>,
    State(state): State<AppState>,
    Query(asked): Query<InputsQuery>,
) -> Result<Json<RuleInputs>, Problem> {
    let (now, has_locations) = (state.core.clock.now(), state.locations.is_some());
    let funnel = asked.funnel.unwrap_or(Funnel::Chat);
    let inputs = move |view: &dyn knock_ports::View| Presenter::new(view, now)?.rule_inputs(funnel, has_locations);
    read(state.core.store.clone(), inputs).await.map(Json)
}
