//! `POST /api/v1/members/{id}/hand-over`: the open chats of a member go to others.

use super::parse;
use crate::http::auth::{Allowed, Caller, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::{ChatsHandedOver, HandOverChats};
use knock_model::{Permission, RepId};
use knock_wire::{FieldError, HandOverDraft, HandedOver};

/// Hands over the open and the snoozed chats of a member who stays on the team: to another member, or to those whom the
/// rules choose now. Members hand over their own; managers and admins those of all. Meetings and rules do not change.
#[utoipa::path(post, path = "/api/v1/members/{id}/hand-over", tag = "team", request_body = HandOverDraft,
    params(("id" = String, Path, description = "Id of the member")),
    responses(
        (status = 200, description = "The numbers of chats", body = HandedOver),
        (status = 403, description = "Reps hand over their own chats"),
        (status = 404, description = "Member not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(HandOverDraft { to }): JsonBody<HandOverDraft>,
) -> Result<Json<HandedOver>, Problem> {
    let (member, now) = (parse(&id)?, state.core.clock.now());
    check(&caller, member)?;
    match state.core.make(caller.actor(), HandOverChats { member, to, now }).await? {
        ChatsHandedOver::Done { chats, kept } => Ok(Json(HandedOver { chats, kept })),
        ChatsHandedOver::Unknown => Err(Problem::not_found()),
        ChatsHandedOver::UnknownSuccessor => {
            let reason = "is no other member who answers chats".into();
            Err(Problem::invalid(FieldError { pointer: "/to".into(), reason }))
        }
    }
}

/// Refuses a rep who asks for the chats of a colleague.
fn check(caller: &Caller, member: RepId) -> Result<(), Problem> {
    let role = caller.who.role();
    let is_own = caller.who.member_id() == Some(member);
    if is_own || role.may(Permission::EditRouting) || role.may(Permission::ManageTeam) {
        return Ok(());
    }
    let reason = "is another member; reps hand over their own chats".into();
    Err(Problem::forbidden(FieldError { pointer: "path/id".into(), reason }))
}
