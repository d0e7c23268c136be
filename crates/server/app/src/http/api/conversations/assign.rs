//! `POST /api/v1/conversations/{id}/assign`: the assignee of a chat.

use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::repeat::Repeat;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::assignee;
use knock_engine::commands::{AssignChat, ChatGiven, answers_chats};
use knock_model::{ConversationId, RepId};
use knock_ports::Store;
use knock_wire::{AssignDraft, AssigneeList, FieldError};
use std::sync::Arc;

/// The word for the AI agent in place of a member's id.
const AGENT: &str = "ai_agent";
/// The word for the calling member.
const ME: &str = "me";
/// The field with the assignee.
const TO: &str = "/to";
/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// The members to whom a chat can be assigned, in the order they were invited.
#[utoipa::path(get, path = "/api/v1/assignees", tag = "team", responses(
    (status = 200, description = "The members", body = AssigneeList),
))]
pub(super) async fn list(
    _: Allowed<UseInbox>,
    State(store): State<Arc<dyn Store>>,
) -> Result<Json<AssigneeList>, Problem> {
    let members = read(store, |view| view.members()).await?;
    Ok(Json(AssigneeList { assignees: members.into_iter().filter(answers_chats).map(assignee).collect() }))
}

/// Assigns a chat to a member, or hands it back to the AI agent, which answers the lead's next message then.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/assign", tag = "team", request_body = AssignDraft,
    params(("id" = String, Path, description = "Id of the conversation"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same is done once")),
    responses(
        (status = 204, description = "Assigned"),
        (status = 404, description = "Conversation not found"),
        (status = 409, description = "Another rep took the chat since `seen_owner`; `errors` says who"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    repeat: Repeat,
    JsonBody(draft): JsonBody<AssignDraft>,
) -> Result<StatusCode, Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let me = caller.who.member_id();
    let to = chosen(&draft.to, me, TO)?;
    let now = state.core.clock.now();
    let id = repeat.fact(caller.secret, conversation, now, &*state.core.chance);
    let (seen_owner, reason) = (draft.seen_owner, checked_reason(draft.reason)?);
    let change = AssignChat { conversation, to, seen_owner, reason, id, now };
    let is_known = assigned(state.core.make(caller.actor(), change).await?, TO)?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// The member of an assignment by a word, none for the AI agent; `me` is who asks.
pub(super) fn chosen(to: &str, me: Option<RepId>, pointer: &str) -> Result<Option<RepId>, Problem> {
    match (to, me) {
        (AGENT, _) => Ok(None),
        (ME, Some(me)) => Ok(Some(me)),
        (id, _) => RepId::parse(id).map(Some).map_err(|_| no_member(pointer)),
    }
}

/// Whether there is such a conversation, by the outcome of an assignment.
pub(super) fn assigned(outcome: ChatGiven, pointer: &str) -> Result<bool, Problem> {
    match outcome {
        ChatGiven::Given => Ok(true),
        ChatGiven::UnknownChat => Ok(false),
        ChatGiven::UnknownMember => Err(no_member(pointer)),
        ChatGiven::TakenBy(email) => Err(taken(email)),
    }
}

fn checked_reason(reason: Option<String>) -> Result<String, Problem> {
    let reason = reason.unwrap_or_default().trim().to_owned();
    if reason.chars().count() > LONGEST_REASON {
        let reason = format!("is longer than {LONGEST_REASON} characters");
        return Err(Problem::invalid(FieldError { pointer: "/reason".into(), reason }));
    }
    Ok(reason)
}

fn no_member(pointer: &str) -> Problem {
    let reason =
        format!("is neither the id of a member who answers chats nor `{AGENT}`, nor `{ME}` for the member who acts");
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}

fn taken(email: String) -> Problem {
    Problem::new(StatusCode::CONFLICT, "taken", "Another rep has this chat now")
        .detail(format!("{email} has this chat now"))
        .field(FieldError { pointer: "/seen_owner".into(), reason: email })
}
