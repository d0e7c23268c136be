//! `POST /api/v1/rules` and `PUT /api/v1/rules/{id}`.

use super::checked::{checked, refuse};
use crate::http::auth::{Allowed, Caller, EditRouting};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{RuleSaved, SaveRule};
use knock_routing::{Rule, RuleEdit};
use knock_wire::FieldError;

/// Creates a rule. Links use it once it is set for them.
#[utoipa::path(post, path = "/api/v1/rules", tag = "team", request_body = knock_wire::RuleSchema, responses(
    (status = 201, description = "The rule, version 1", body = knock_wire::RuleSchema),
    (status = 400, description = "Not a valid rule"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    JsonBody(rule): JsonBody<Rule>,
) -> Result<(StatusCode, Json<Rule>), Problem> {
    let id = hex::encode(state.core.chance.bytes16());
    let rule = save(&state, &caller, Rule { id, ..rule }, None, true).await?;
    Ok((StatusCode::CREATED, Json(rule)))
}

/// Saves a rule as its next version. Decisions by earlier versions do not change. A `version` in the body must be the
/// newest one: it is the version that was edited.
#[utoipa::path(put, path = "/api/v1/rules/{id}", tag = "team", request_body = knock_wire::RuleSchema,
    params(("id" = String, Path, description = "Id of the rule")),
    responses(
        (status = 200, description = "The rule as it is now", body = knock_wire::RuleSchema),
        (status = 400, description = "Not a valid rule"),
        (status = 404, description = "Rule not found"),
        (status = 409, description = "A newer version exists"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(RuleEdit { rule, from }): JsonBody<RuleEdit>,
) -> Result<Json<Rule>, Problem> {
    save(&state, &caller, Rule { id, ..rule }, from, false).await.map(Json)
}

async fn save(state: &AppState, caller: &Caller, rule: Rule, from: Option<u32>, is_new: bool) -> Result<Rule, Problem> {
    let draft = rule.clone();
    refuse(read(state.core.store.clone(), move |view| checked(view, &draft, "")).await?)?;
    let by = caller.who.member_id();
    match state.core.make(caller.actor(), SaveRule { rule, is_new, from, by, now: state.core.clock.now() }).await? {
        RuleSaved::Saved(rule) => Ok(rule),
        RuleSaved::Unknown => Err(Problem::not_found()),
        RuleSaved::OtherFunnel => {
            let reason = "cannot change: links rely on it".into();
            Err(Problem::invalid(FieldError { pointer: "/funnel".into(), reason }))
        }
        RuleSaved::ChangedMeanwhile(version) => {
            let detail = format!("Version {version} was saved meanwhile; load it and make the change there");
            Err(Problem::new(StatusCode::CONFLICT, "changed-meanwhile", "Another version was saved meanwhile")
                .detail(detail))
        }
    }
}
