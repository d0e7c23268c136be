//! `PUT /api/v1/links/{slug}/rule`: the rule of a link.

use super::checked::check_rule;
use super::{check_owned, known};
use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::AssignRule;
use knock_wire::LinkRule;

/// Sets the rule of a link, or removes it (RR-20, RR-24).
#[utoipa::path(put, path = "/api/v1/links/{slug}/rule", tag = "team", request_body = LinkRule,
    params(("slug" = String, Path, description = "Slug of the link")),
    responses(
        (status = 204, description = "Done"),
        (status = 404, description = "Link not found"),
        (status = 422, description = "Rule not found, or of the other funnel"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    Path(slug): Path<String>,
    JsonBody(given): JsonBody<LinkRule>,
) -> Result<StatusCode, Problem> {
    let link = known(&state, slug).await?;
    check_owned(&link, "/rule")?;
    check_rule(&state, given.rule.as_deref(), link.funnel).await?;
    let change = AssignRule { slug: link.slug, rule: given.rule, now: state.core.clock.now() };
    let is_known = state.core.make(caller.actor(), change).await?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}
