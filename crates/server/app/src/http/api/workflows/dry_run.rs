//! `POST /api/v1/workflows/dry-run`: a draft over the leads of the last days.

use super::checked::checked;
use crate::http::api::rules::refuse;
use crate::http::auth::{Allowed, ManageWorkflows};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use axum::Json;
use axum::extract::State;
use knock_engine::Presenter;
use knock_ports::{Clock, Store, View};
use knock_wire::{DryRun, DryRunAsk, FieldError};
use std::sync::Arc;

/// The most days to look back.
const MOST_DAYS: u32 = 90;

/// Runs a draft over what leads did in the last days: who would have been enrolled, what would have been done, and why
/// the others would not. Nothing is sent or written. With `lead`, for this lead alone, with all reasons.
#[utoipa::path(post, path = "/api/v1/workflows/dry-run", tag = "team", request_body = DryRunAsk, responses(
    (status = 200, description = "What the draft would have done", body = DryRun),
    (status = 400, description = "Not a valid workflow"),
    (status = 404, description = "`lead` not found"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    _: Allowed<ManageWorkflows>,
    State(store): State<Arc<dyn Store>>,
    State(clock): State<Arc<dyn Clock>>,
    JsonBody(ask): JsonBody<DryRunAsk>,
) -> Result<Json<DryRun>, Problem> {
    let now = clock.now();
    let asked = ask.clone();
    let (errors, is_known) = read(Arc::clone(&store), move |view| check(view, &asked)).await?;
    refuse(errors)?;
    if !is_known {
        return Err(Problem::not_found());
    }
    read(store, move |view| Presenter::new(view, now)?.workflow_dry_run(&ask)).await.map(Json)
}

/// What is wrong with a question, and whether its lead is known.
fn check(view: &dyn View, ask: &DryRunAsk) -> Result<(Vec<FieldError>, bool), knock_ports::StoreError> {
    let mut errors = checked(view, &ask.draft, ask.workflow, "/draft")?;
    // What an action says changes nothing here: a draft is tried before its texts are written.
    errors.retain(|error| !error.pointer.starts_with("/draft/contents") && error.pointer != "/draft/name");
    if !ask.days.is_none_or(|days| (1..=MOST_DAYS).contains(&days)) {
        errors.push(FieldError { pointer: "/days".into(), reason: format!("is not between 1 and {MOST_DAYS}") });
    }
    let is_known = match ask.lead {
        Some(lead) => view.lead(view.merged_into(lead)?)?.is_some(),
        None => true,
    };
    Ok((errors, is_known))
}
