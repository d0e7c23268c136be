//! `POST /api/v1/rules/what-if`: a draft over the leads of the last days.

use super::checked::{checked, checked_days, refuse};
use crate::http::auth::{Allowed, SeeReports};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Store};
use knock_wire::{WhatIf, WhatIfAsk};
use std::sync::Arc;

/// Applies a draft to the decisions of the last days and returns the changed ones with their reasons. Nothing is
/// written.
#[utoipa::path(post, path = "/api/v1/rules/what-if", tag = "team", request_body = WhatIfAsk, responses(
    (status = 200, description = "Decisions of the draft beside those of the past", body = WhatIf),
    (status = 400, description = "Not a valid rule"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    _: Allowed<SeeReports>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    JsonBody(ask): JsonBody<WhatIfAsk>,
) -> Result<Json<WhatIf>, Problem> {
    let now = clock.now();
    let draft = ask.clone();
    refuse(
        read(store.clone(), move |view| Ok([checked_days(draft.days), checked(view, &draft.rule, "/rule")?].concat()))
            .await?,
    )?;
    read(store, move |view| Presenter::new(view, now)?.what_if(&ask)).await.map(Json)
}
