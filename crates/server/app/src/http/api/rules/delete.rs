//! `DELETE /api/v1/rules/{id}`.

use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{DeleteRule, RuleDeleted};

/// Deletes a rule that no link uses, archived ones included. Its versions and its decisions can still be read.
#[utoipa::path(delete, path = "/api/v1/rules/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the rule")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "Rule not found"),
        (status = 409, description = "In use by links, or a default rule"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    match state.core.make(caller.actor(), DeleteRule { id, now: state.core.clock.now() }).await? {
        RuleDeleted::Deleted => Ok(StatusCode::NO_CONTENT),
        RuleDeleted::Unknown => Err(Problem::not_found()),
        RuleDeleted::IsDefault => Err(in_use("It is the rule of every link without a rule of its own")),
        RuleDeleted::InUse(links) => Err(in_use(&format!("It is the rule of {}", links.join(", ")))),
    }
}

fn in_use(detail: &str) -> Problem {
    Problem::new(StatusCode::CONFLICT, "in-use", "The rule is in use").detail(detail)
}
