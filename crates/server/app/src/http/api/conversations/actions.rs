//! `POST /api/v1/conversations/{id}/actions`: a rep's actions on a lead.

use super::assign::{assigned, chosen};
use crate::http::api::tags::tag_lead;
use crate::http::auth::{Allowed, Caller, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::repeat::Repeat;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::random10;
use knock_engine::commands::{ActOnLead, AssignChat, SetType, Tagged};
use knock_model::{ConversationId, IntentType, LeadId, Millis, SignalId, TagId};
use knock_ports::{Actor, TeamAuthor};
use knock_status::chat::{Event, Rejecter};
use knock_wire::{FieldError, LONGEST_REASON, LeadAction};

/// The longest snooze.
const LONGEST_SNOOZE: Millis = Millis::days(366);

/// Rejects, marks as spam, notes a deal, reverts one of these, sets the intent type or a tag of the lead, or marks the
/// conversation as done, snoozes, reopens or assigns it.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/actions", tag = "team", request_body = LeadAction,
    params(("id" = String, Path, description = "Id of the conversation"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same is done once")),
    responses(
        (status = 204, description = "Done"),
        (status = 404, description = "Conversation not found"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    repeat: Repeat,
    JsonBody(action): JsonBody<LeadAction>,
) -> Result<StatusCode, Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let is_known = act(&state, &caller, conversation, (&action, &repeat)).await?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::not_found()) }
}

/// Applies the action to the lead of a conversation; whether there is one. The pointers of a refusal are in the action.
pub(in crate::http::api) async fn act(
    state: &AppState,
    caller: &Caller,
    conversation: ConversationId,
    (action, repeat): (&LeadAction, &Repeat),
) -> Result<bool, Problem> {
    let (actor, now) = (caller.actor(), state.core.clock.now());
    let id = repeat.fact(caller.secret, conversation, now, &*state.core.chance);
    let follow_up = SignalId::new(now, &random10(&*state.core.chance));
    let by = actor.member();
    Ok(match step(action, actor.author().map(TeamAuthor::id), now)? {
        Step::Assign(to) => {
            let to = chosen(&to, by, "/assign/to")?;
            let change = AssignChat { conversation, to, seen_owner: None, reason: String::new(), id, now };
            assigned(state.core.make(actor, change).await?, "/assign/to")?
        }
        Step::Fact(what) => state.core.make(actor, ActOnLead { conversation, id, what, follow_up, now }).await?,
        Step::Type(kind) => state.core.make(actor, SetType { conversation, id, kind, now }).await?,
        Step::Tag(tag, is_set) => {
            let of = read(state.core.store.clone(), move |view| view.conversation(conversation)).await?;
            let Some(of) = of else { return Ok(false) };
            tag_contact(state, actor, of.lead, (tag, is_set)).await?
        }
    })
}

/// Sets a tag of a contact, or takes it off; whether there is such a contact.
pub(in crate::http::api) async fn tag_contact(
    state: &AppState,
    actor: Actor,
    lead: LeadId,
    (tag, is_set): (TagId, bool),
) -> Result<bool, Problem> {
    match tag_lead(state, actor, lead, (tag, is_set)).await? {
        Tagged::Done => Ok(true),
        Tagged::UnknownLead => Ok(false),
        Tagged::UnknownTag => {
            let pointer = if is_set { "/add_tag/tag" } else { "/remove_tag/tag" };
            Err(Problem::invalid(FieldError { pointer: pointer.into(), reason: "is the id of no tag".into() }))
        }
    }
}

/// The tag of an action, and whether it is set; none for another action.
pub(in crate::http::api) const fn tag_of(action: &LeadAction) -> Option<(TagId, bool)> {
    match action {
        LeadAction::AddTag { tag } => Some((*tag, true)),
        LeadAction::RemoveTag { tag } => Some((*tag, false)),
        _ => None,
    }
}

/// The command of the engine for an action.
enum Step {
    Fact(Event),
    Type(IntentType),
    Tag(TagId, bool),
    Assign(String),
}

fn step(action: &LeadAction, by: Option<String>, now: Millis) -> Result<Step, Problem> {
    Ok(Step::Fact(match action {
        LeadAction::SetType { kind: IntentType::Unknown } => {
            let reason = "expected Buying, Partnership, Support or Job seeker".into();
            return Err(Problem::invalid(FieldError { pointer: "/set_type/kind".into(), reason }));
        }
        LeadAction::SetType { kind } => return Ok(Step::Type(*kind)),
        LeadAction::Reject(reason) => {
            let reason = reason.trim();
            if reason.chars().count() > LONGEST_REASON {
                let reason = format!("is longer than {LONGEST_REASON} characters");
                return Err(Problem::invalid(FieldError { pointer: "/reject".into(), reason }));
            }
            let reason = (!reason.is_empty()).then(|| reason.to_owned());
            Event::Rejected { by: Rejecter::Rep, reason, member: by }
        }
        LeadAction::UndoReject => Event::RejectionReversed,
        LeadAction::MarkSpam => Event::SpamDetected,
        LeadAction::UnmarkSpam => Event::SpamReversed,
        LeadAction::OpenDeal => Event::DealOpened,
        LeadAction::Done => Event::Done { by },
        LeadAction::Reopen => Event::Reopened { by },
        LeadAction::Snooze { until } if (now + Millis(1)..=now + LONGEST_SNOOZE).contains(until) => {
            Event::Snoozed { until: *until, by }
        }
        LeadAction::Snooze { .. } => {
            let reason = "is not in the future, or more than a year ahead".into();
            return Err(Problem::invalid(FieldError { pointer: "/snooze/until".into(), reason }));
        }
        LeadAction::AddTag { tag } => return Ok(Step::Tag(*tag, true)),
        LeadAction::RemoveTag { tag } => return Ok(Step::Tag(*tag, false)),
        LeadAction::Assign { to } => return Ok(Step::Assign(to.clone())),
    }))
}
