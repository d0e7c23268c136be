//! `POST /api/v1/members`: an invitation.

use super::of_member;
use crate::connectors::mail::sign_in_token;
use crate::http::auth::{Allowed, ManageTeam};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::hash;
use knock_engine::commands::{InviteMember, Invited};
use knock_model::{Email, RepId};
use knock_wire::{FieldError, Invitation, MemberDraft};

/// Invites a person to the team: the response has a link that signs them in once, within 7 days; it is also mailed if
/// mail is set up. An invited member who has not signed in gets a new link, and the previous one ends. A former member
/// returns under the old id.
#[utoipa::path(post, path = "/api/v1/members", tag = "team", request_body = MemberDraft, responses(
    (status = 201, description = "Invited", body = Invitation),
    (status = 409, description = "The address is of a member who has signed in"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageTeam>,
    State(state): State<AppState>,
    JsonBody(MemberDraft { email, role }): JsonBody<MemberDraft>,
) -> Result<(StatusCode, Json<Invitation>), Problem> {
    let email = Email::parse(&email)
        .map_err(|error| Problem::invalid(FieldError { pointer: "/email".into(), reason: error.to_string() }))?;
    let (role, core) = (of_member(role)?, &state.core);
    let is_mailed = state.is_mail_set_up();
    let actor = caller.actor();
    let from = caller.who.member().map_or_else(String::new, |member| member.email.clone());
    let link = hex::encode(core.chance.bytes16());
    let token = sign_in_token(&core.key, &link);
    let (email, fresh, hash) = (email.to_text(), RepId::new(core.chance.bytes16()), hash(token.reveal()));
    let (mail_from, now) = (is_mailed.then_some(from), core.clock.now());
    let invited = core.make(actor, InviteMember { email, role, fresh, link, hash, mail_from, now }).await?;
    let Invited::Link { member, expires_at } = invited else {
        return Err(Problem::new(StatusCode::CONFLICT, "member", "This address is of a member already"));
    };
    let invitation = core.address.sign_in(&token);
    Ok((StatusCode::CREATED, Json(Invitation { id: member, invitation, expires_at, is_mailed })))
}
