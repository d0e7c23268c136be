//! `POST /api/v1/visits/messages`: a member writes to a visitor first.

use crate::http::auth::{Allowed, KeyOfMember, UseInbox};
use crate::http::body::JsonBody;
use crate::http::message::checked;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::random10;
use knock_engine::commands::{FreshIds, InvitationRefusal, InviteLead, LeadInvited, MOST_INVITATION_CHARS, Numbered};
use knock_model::{AccountId, ConversationId, LeadId, MessageId, RepId, SignalId, VisitorId};
use knock_ports::Site;
use knock_wire::{FieldError, InvitationDraft, InvitationStored, MessageDraft};

/// Writes to a visitor who is on a site, once: a bubble on their page shows the words, and their answer makes the chat
/// the member's. One who has left meanwhile sees it on their next page, within 7 days. A visitor gets at most three such
/// messages a day, and two of one member while they answer none.
#[utoipa::path(post, path = "/api/v1/visits/messages", tag = "team", request_body = InvitationDraft, responses(
    (status = 201, description = "Stored", body = InvitationStored),
    (status = 200, description = "Stored by an earlier request", body = InvitationStored),
    (status = 403, description = "The API key is bound to no member"),
    (status = 404, description = "Site or browser not found"),
    (status = 409, description = "No one can write to them now; `detail` says why"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    allowed: Allowed<UseInbox, KeyOfMember>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<InvitationDraft>,
) -> Result<(StatusCode, Json<InvitationStored>), Problem> {
    let member = allowed.caller.need_member()?;
    let site = state.sites.in_use(&draft.site).ok_or_else(Problem::not_found)?;
    let visitor = VisitorId::parse(&draft.visitor).map_err(|error| wrong("/visitor", error.to_string()))?;
    let (id, text) = checked(MessageDraft { id: draft.id, text: draft.text, email: None })?;
    if text.chars().count() > MOST_INVITATION_CHARS {
        return Err(wrong("/text", format!("is longer than {MOST_INVITATION_CHARS} characters")));
    }
    let command = command(&state, &site, (visitor, member.id), (id, text));
    match state.core.writer.commit(command).await? {
        LeadInvited::Written { conversation, number } => {
            let (code, seq) = match number {
                Numbered::New(seq) => (StatusCode::CREATED, seq),
                Numbered::Known(seq) => (StatusCode::OK, seq),
            };
            Ok((code, Json(InvitationStored { conversation, seq })))
        }
        LeadInvited::Refused(InvitationRefusal::Unknown) => Err(Problem::not_found()),
        LeadInvited::Refused(refusal) => Err(refused(&state, refusal).await?),
    }
}

fn command(
    state: &AppState,
    site: &Site,
    (visitor, rep): (VisitorId, RepId),
    (id, text): (MessageId, String),
) -> InviteLead {
    let (chance, now) = (&state.core.chance, state.core.clock.now());
    InviteLead {
        site: site.id,
        visitor,
        id,
        rep,
        text,
        conversation: ConversationId::new(chance.bytes16()),
        claim: SignalId::new(now, &random10(&**chance)),
        fresh: FreshIds { lead: LeadId::new(chance.bytes16()), account: AccountId::new(chance.bytes16()) },
        mail_after: state.mail_reply_after,
        now,
    }
}

/// The problem of a visitor to whom no one can write now.
async fn refused(state: &AppState, refusal: InvitationRefusal) -> Result<Problem, Problem> {
    let problem = Problem::new(StatusCode::CONFLICT, "not-now", "No one can write to this visitor now");
    let InvitationRefusal::AwaitedBy(rep) = refusal else { return Ok(problem.detail(refusal.reason())) };
    let member = read(state.core.store.clone(), move |view| view.member(rep)).await?;
    let name = member.map_or_else(String::new, |member| member.display_name());
    let field = FieldError { pointer: "/visitor".into(), reason: format!("is awaited by {name}") };
    Ok(problem.detail(format!("{name} has written to them, and awaits an answer.")).field(field))
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}
