//! `/api/v1/links`: Knock Links, and which rule each has.

use crate::http::auth::{Allowed, EditRouting};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::AssignRule;
use knock_ports::{Link, StoreError, View};
use knock_wire::{FieldError, LinkList, LinkRule, LinkShown};
use std::sync::Arc;

/// The links, by slug. `Website` is the launcher of the sites.
#[utoipa::path(get, path = "/api/v1/links", tag = "team", responses((status = 200, description = "All links", body = LinkList)))]
pub(super) async fn get(_: Allowed<EditRouting>, State(state): State<AppState>) -> Result<Json<LinkList>, Problem> {
    let links = read(Arc::clone(&state.core.store), |view| Ok(view.links()?.into_iter().map(shown).collect()));
    links.await.map(|links| Json(LinkList { links }))
}

/// Gives a link a rule of its own, or takes it back (RR-20, RR-24).
#[utoipa::path(put, path = "/api/v1/links/{slug}/rule", tag = "team", request_body = LinkRule,
    params(("slug" = String, Path, description = "The end of the link's address")),
    responses(
        (status = 204, description = "Done"),
        (status = 404, description = "No such link"),
        (status = 422, description = "No such rule, or of the other funnel"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditRouting>,
    State(state): State<AppState>,
    Path(slug): Path<String>,
    JsonBody(given): JsonBody<LinkRule>,
) -> Result<StatusCode, Problem> {
    let (wanted, of) = (given.rule.clone(), slug.clone());
    let wrong = read(state.core.store.clone(), move |view| wrong_rule(view, &of, wanted.as_deref())).await?;
    if let Some(reason) = wrong {
        return Err(Problem::invalid(FieldError { pointer: "/rule".into(), reason: reason.into() }));
    }
    let now = state.core.clock.now();
    let is_known = state.core.make(caller.actor(), AssignRule { slug, rule: given.rule, now }).await?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// Why a link cannot have a rule.
fn wrong_rule(view: &dyn View, slug: &str, rule: Option<&str>) -> Result<Option<&'static str>, StoreError> {
    let (Some(id), Some(link)) = (rule, view.link(slug)?) else { return Ok(None) };
    let rules = view.rules()?;
    Ok(match rules.iter().find(|rule| rule.id == id) {
        None => Some("is no rule"),
        Some(rule) if rule.funnel() != link.funnel => Some("is of the other funnel"),
        Some(_) => None,
    })
}

fn shown(link: Link) -> LinkShown {
    let funnel = link.funnel.into();
    LinkShown { slug: link.slug, name: link.name, funnel, channel: link.channel, rule: link.rule }
}
