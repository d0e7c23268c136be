//! `POST /api/v1/rules/matches`: the number of leads that each segment of a draft matches, while it is edited.

use super::checked::{checked_days, refuse};
use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Store};
use knock_wire::{RuleMatches, RuleMatchesAsk};
use std::sync::Arc;

/// Counts the leads of the last days that each segment of a draft matches, by the inputs of their last decision. The
/// draft may name any rep; nothing is written.
#[utoipa::path(post, path = "/api/v1/rules/matches", tag = "team", request_body = RuleMatchesAsk, responses(
    (status = 200, description = "The leads of each segment, from top to bottom", body = RuleMatches),
    (status = 400, description = "Not a valid rule"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    _: Allowed<EditRouting>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    JsonBody(ask): JsonBody<RuleMatchesAsk>,
) -> Result<Json<RuleMatches>, Problem> {
    refuse(checked_days(ask.days))?;
    let now = clock.now();
    read(store, move |view| Presenter::new(view, now)?.rule_matches(&ask)).await.map(Json)
}
