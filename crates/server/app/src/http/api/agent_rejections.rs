//! `/api/v1/agent/rejections`: whom the AI agent rejects by conditions.

use super::rules::{names, never_so};
use crate::http::auth::{Allowed, EditKnowledge, SeeKnowledge};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::SaveAgentRejections;
use knock_ports::{StoreError, View};
use knock_routing::{AgentKind, Condition};
use knock_wire::{AgentRejection, AgentRejections, FieldError};

/// The longest reason, in characters, as of those that members choose.
const LONGEST_REASON: usize = 60;

/// Whom each kind of agent rejects by conditions. All are switched off and without a condition at first.
#[utoipa::path(get, path = "/api/v1/agent/rejections", tag = "team", responses(
    (status = 200, description = "One for each kind of agent", body = AgentRejections),
))]
pub(super) async fn get(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
) -> Result<Json<AgentRejections>, Problem> {
    read(state.core.store.clone(), |view| view.agent_rejections()).await.map(|known| Json(whole(known)))
}

/// Changes whom each kind of agent rejects, from the next message on. The agent rejects only while it alone has a chat;
/// leads who were rejected stay rejected.
#[utoipa::path(put, path = "/api/v1/agent/rejections", tag = "team", request_body = AgentRejections, responses(
    (status = 200, description = "One for each kind of agent, as they are now", body = AgentRejections),
    (status = 400, description = "Not a valid condition"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<EditKnowledge>,
    State(state): State<AppState>,
    JsonBody(rejections): JsonBody<AgentRejections>,
) -> Result<Json<AgentRejections>, Problem> {
    let rejections = checked(rejections)?;
    let asked = rejections.clone();
    if let Some(problem) = read(state.core.store.clone(), move |view| never_match(view, &asked)).await? {
        return Err(problem);
    }
    let rejections = whole(rejections);
    state.core.make(caller.actor(), SaveAgentRejections { rejections: rejections.clone() }).await?;
    Ok(Json(rejections))
}

/// The problem of a condition that is the same for every lead; what is saved already is kept.
fn never_match(view: &dyn View, asked: &AgentRejections) -> Result<Option<Problem>, StoreError> {
    let saved: Vec<String> = view.agent_rejections()?.agents.iter().flat_map(|one| names(&one.when)).collect();
    for (at, one) in asked.agents.iter().enumerate() {
        if let Some(reason) = never_so(view, &one.when, &saved)? {
            return Ok(Some(Problem::invalid(FieldError { pointer: format!("/agents/{at}/when"), reason })));
        }
    }
    Ok(None)
}

/// One for each kind of agent, in their order: those that are left out are off.
fn whole(known: AgentRejections) -> AgentRejections {
    let agents = AgentKind::ALL.iter().map(|kind| {
        let kind = kind.as_str();
        let off = || AgentRejection {
            kind: kind.to_owned(),
            is_on: false,
            when: Condition::Any(Vec::new()),
            reason: String::new(),
        };
        known.agents.iter().find(|one| one.kind == kind).cloned().unwrap_or_else(off)
    });
    AgentRejections { agents: agents.collect() }
}

/// The same without space around the reasons.
fn checked(AgentRejections { mut agents }: AgentRejections) -> Result<AgentRejections, Problem> {
    for at in 0..agents.len() {
        let (before, rest) = agents.split_at_mut(at);
        let Some(one) = rest.first_mut() else { continue };
        one.reason = one.reason.trim().to_owned();
        if let Err((field, reason)) = fault(one, before) {
            return Err(Problem::invalid(FieldError { pointer: format!("/agents/{at}/{field}"), reason }));
        }
    }
    Ok(AgentRejections { agents })
}

fn fault(one: &AgentRejection, before: &[AgentRejection]) -> Result<(), (&'static str, String)> {
    if AgentKind::parse(&one.kind).is_none() {
        return Err(("kind", "is no kind of agent".into()));
    }
    if before.iter().any(|other| other.kind == one.kind) {
        return Err(("kind", "is there already".into()));
    }
    one.when.check().map_err(|invalid| ("when", invalid.0))?;
    if one.is_on && one.when.is_empty() {
        return Err(("when", "needs a condition: without one it would be for every lead".into()));
    }
    let longest = one.reason.chars().count();
    if longest > LONGEST_REASON || one.reason.chars().any(char::is_control) || (one.is_on && longest == 0) {
        return Err(("reason", format!("must have 1 to {LONGEST_REASON} characters, on one line")));
    }
    Ok(())
}
