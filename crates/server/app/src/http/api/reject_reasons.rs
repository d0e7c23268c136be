//! `/api/v1/reject-reasons`: the reasons that are offered when a lead is rejected.

use crate::http::auth::{Allowed, EditRouting, UseInbox};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::SaveRejectReasons;
use knock_wire::{FieldError, RejectReasons};

/// The largest number of reasons.
const MOST: usize = 20;
/// The longest reason, in characters: Slack shows no longer ones in a list.
const LONGEST: usize = 60;

/// The reasons that are offered when a lead is rejected.
#[utoipa::path(get, path = "/api/v1/reject-reasons", tag = "team", responses(
    (status = 200, description = "The reasons, in the order the team wants them", body = RejectReasons),
))]
pub(super) async fn get(_: Allowed<UseInbox>, State(state): State<AppState>) -> Result<Json<RejectReasons>, Problem> {
    read(state.core.store.clone(), |view| view.reject_reasons()).await.map(Json)
}

/// Changes the offered reasons. Leads that were rejected keep theirs.
#[utoipa::path(put, path = "/api/v1/reject-reasons", tag = "team", request_body = RejectReasons, responses(
    (status = 200, description = "The reasons as they are now", body = RejectReasons),
    (status = 400, description = "Body does not match the schema"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    JsonBody(reasons): JsonBody<RejectReasons>,
) -> Result<Json<RejectReasons>, Problem> {
    let reasons = checked(reasons)?;
    state.core.make(caller.actor(), SaveRejectReasons { reasons: reasons.clone() }).await?;
    Ok(Json(reasons))
}

/// The reasons without space around them.
fn checked(RejectReasons { reasons }: RejectReasons) -> Result<RejectReasons, Problem> {
    let wrong = |pointer: String, reason: String| Problem::invalid(FieldError { pointer, reason });
    if reasons.len() > MOST {
        return Err(wrong("/reasons".into(), format!("has more than {MOST}")));
    }
    let reasons: Vec<String> = reasons.into_iter().map(|reason| reason.trim().to_owned()).collect();
    for (at, reason) in reasons.iter().enumerate() {
        let pointer = || format!("/reasons/{at}");
        if !(1..=LONGEST).contains(&reason.chars().count()) || reason.chars().any(char::is_control) {
            return Err(wrong(pointer(), format!("must have 1 to {LONGEST} characters, on one line")));
        }
        if reasons[..at].iter().any(|other| other.to_lowercase() == reason.to_lowercase()) {
            return Err(wrong(pointer(), "is there already".into()));
        }
    }
    Ok(RejectReasons { reasons })
}
