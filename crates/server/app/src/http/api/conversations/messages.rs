//! `POST /api/v1/conversations/{id}/messages`: a rep or an integration writes.

use crate::http::auth::{Allowed, KeyWithAuthor, UseInbox};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::message::{checked_reply, numbered};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::repeat::Repeat;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{IntegrationMessage, RepMessage, RepWrote};
use knock_model::{CardCalendar, ConversationId, RepId};
use knock_ports::TeamAuthor;
use knock_wire::{FieldError, MessageStored, RepMessageDraft};
use serde::Deserialize;

const NO_TIMES: &str = "has no free slot to offer by the meeting rules and working hours";
const OF_INTEGRATION: &str = "is for messages of members: an integration has no calendar";
const NO_OWN_TIMES: &str = "has no free slot in your own calendar: set your working hours, or send the team's";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Seen {
    /// The last number that the rep saw: refused if another rep has answered since. Without it, nothing is checked.
    seen: Option<u64>,
}

/// Stores a message of the member, once: the same id, or the same `Idempotency-Key`, gets the same number. With a card it
/// offers a meeting, if there is a free time. A message of an integration has a text alone, and is no reply of a rep: the
/// lead waits on, and the status does not change.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/messages", tag = "team", request_body = RepMessageDraft,
    params(("id" = String, Path, description = "Id of the conversation"), Seen,
        ("Idempotency-Key" = Option<String>, Header, description = "In place of the id of the draft")),
    responses(
        (status = 201, description = "Stored", body = MessageStored),
        (status = 200, description = "Stored by an earlier request", body = MessageStored),
        (status = 403, description = "The API key is bound to no member and to no integration"),
        (status = 404, description = "Conversation not found"),
        (status = 409, description = "Another rep has answered since `seen`, and `errors` says who; or the lead sent a \
            form, has not chatted and is not mailed (`mail_to` of the conversation is none): the message would arrive \
            nowhere, and is not stored"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn post(
    allowed: Allowed<UseInbox, KeyWithAuthor>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(Seen { seen }): Query<Seen>,
    repeat: Repeat,
    JsonBody(draft): JsonBody<RepMessageDraft>,
) -> Result<(StatusCode, Json<MessageStored>), Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let (author, by) = (allowed.caller.need_author()?, allowed.caller.secret);
    let id = repeat.message(draft.id, by, conversation);
    let (id, text, card) = checked_reply(RepMessageDraft { id, ..draft })?;
    let (mail_after, now) = (state.mail_reply_after, state.core.clock.now());
    let wrote = match author {
        TeamAuthor::Integration(_) if card.is_some() => return Err(wrong("/card", OF_INTEGRATION)),
        TeamAuthor::Integration(integration) => {
            let command = IntegrationMessage { conversation, id, integration, text, mail_after, now };
            state.core.writer.commit(command).await?
        }
        TeamAuthor::Member(rep) => {
            let command = RepMessage { conversation, id, rep, text, file: None, card, seen, mail_after, now };
            state.core.writer.commit(command).await?
        }
    };
    match wrote {
        RepWrote::Numbered(done) => numbered(done),
        RepWrote::OutOfReach => Err(out_of_reach()),
        RepWrote::AnsweredBy(rep) => Err(answered(&state, rep).await?),
        RepWrote::NoTimes => {
            let is_own = card.is_some_and(|card| card.calendar == CardCalendar::Mine);
            let reason = if is_own { NO_OWN_TIMES } else { NO_TIMES };
            Err(wrong("/card", reason))
        }
    }
}

fn wrong(pointer: &str, reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}

/// The problem if the message would arrive nowhere.
pub(super) fn out_of_reach() -> Problem {
    Problem::new(StatusCode::CONFLICT, "out-of-reach", "The lead cannot be reached from here").detail(
        "The lead sent a form and has not chatted, and nothing is mailed to them: mail is not set up, they have \
         unsubscribed or are marked as spam, or mail to their address was returned. Nothing was sent",
    )
}

/// The problem if another rep has answered in the meantime.
async fn answered(state: &AppState, rep: RepId) -> Result<Problem, Problem> {
    let member = read(state.core.store.clone(), move |view| view.member(rep)).await?;
    let email = member.map_or_else(String::new, |member| member.email);
    Ok(Problem::new(StatusCode::CONFLICT, "answered", "Another rep has answered in the meantime")
        .detail(format!("{email} has answered since"))
        .field(FieldError { pointer: "query/seen".into(), reason: email }))
}
