//! `GET /api/v1/rules/tester`: past leads for testing a rule.

use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_routing::Funnel;
use knock_wire::{FieldError, TesterLeads};
use serde::Deserialize;

/// The default and the largest number of leads in a response.
const USUAL: u32 = 20;
const MOST: u32 = 100;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TesterQuery {
    /// Part of the address or the name, or the whole label of the first browser.
    #[serde(default)]
    q: String,
    /// `chat` or `meeting`; without it, `chat`.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    funnel: Option<Funnel>,
    /// The number of leads, 1 to 100; 20 by default.
    limit: Option<u32>,
}

/// Leads with a routing decision, the latest first, with the inputs of that decision.
#[utoipa::path(get, path = "/api/v1/rules/tester", tag = "team", params(TesterQuery), responses(
    (status = 200, description = "Leads without duplicates", body = TesterLeads),
    (status = 400, description = "Invalid parameter"),
))]
pub(super) async fn get(
    _: Allowed<EditRouting>,
    State(state): State<AppState>,
    Query(asked): Query<TesterQuery>,
) -> Result<Json<TesterLeads>, Problem> {
    let limit = asked.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        let reason = format!("is not between 1 and {MOST}");
        return Err(Problem::malformed(FieldError { pointer: "query/limit".into(), reason }));
    }
    let (now, funnel) = (state.core.clock.now(), asked.funnel.unwrap_or(Funnel::Chat));
    let leads = move |view: &dyn knock_ports::View| Presenter::new(view, now)?.tester_leads(funnel, &asked.q, limit);
    read(state.core.store.clone(), leads).await.map(Json)
}
