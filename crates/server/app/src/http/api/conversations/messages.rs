//! `POST /api/v1/conversations/{id}/messages`: a rep writes.

use crate::http::auth::{Allowed, UseInbox, Who, foreign_rep};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::message::{checked_reply, numbered};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{RepMessage, RepWrote};
use knock_model::{CardCalendar, ConversationId, RepId};
use knock_wire::{FieldError, MessageStored, RepMessageDraft};
use serde::Deserialize;

const NO_TIMES: &str = "has no free slot to offer by the meeting rules and working hours";
const NO_OWN_TIMES: &str = "has no free slot in your own calendar: set your working hours, or send the team's";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Seen {
    /// The last number that the rep saw: refused if another rep has answered since. Without it, nothing is checked.
    seen: Option<u64>,
}

/// Stores a message of the signed-in rep, once: the same id gets the same number. With a card it offers a meeting, if
/// there is a free time.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/messages", tag = "team", request_body = RepMessageDraft,
    params(("id" = String, Path, description = "Id of the conversation"), Seen),
    responses(
        (status = 201, description = "Stored", body = MessageStored),
        (status = 200, description = "Stored by an earlier request", body = MessageStored),
        (status = 403, description = "An API key cannot write to a lead"),
        (status = 404, description = "Conversation not found"),
        (status = 409, description = "Another rep has answered since `seen`; `errors` says who"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn post(
    allowed: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(Seen { seen }): Query<Seen>,
    JsonBody(draft): JsonBody<RepMessageDraft>,
) -> Result<(StatusCode, Json<MessageStored>), Problem> {
    let conversation = ConversationId::parse(&id).map_err(|_| Problem::not_found())?;
    let Who::Member(member) = allowed.caller.who else { return Err(foreign_rep()) };
    let (id, text, card) = checked_reply(draft)?;
    let (mail_after, now) = (state.mail_reply_after, state.core.clock.now());
    let command = RepMessage { conversation, id, rep: member.id, text, file: None, card, seen, mail_after, now };
    match state.core.writer.commit(command).await? {
        RepWrote::Numbered(done) => numbered(done),
        RepWrote::AnsweredBy(rep) => Err(answered(&state, rep).await?),
        RepWrote::NoTimes => {
            let is_own = card.is_some_and(|card| card.calendar == CardCalendar::Mine);
            let reason = if is_own { NO_OWN_TIMES } else { NO_TIMES };
            Err(Problem::invalid(FieldError { pointer: "/card".into(), reason: reason.into() }))
        }
    }
}

/// The problem if another rep has answered in the meantime.
async fn answered(state: &AppState, rep: RepId) -> Result<Problem, Problem> {
    let member = read(state.core.store.clone(), move |view| view.member(rep)).await?;
    let email = member.map_or_else(String::new, |member| member.email);
    Ok(Problem::new(StatusCode::CONFLICT, "answered", "Another rep has answered in the meantime")
        .detail(format!("{email} has answered since"))
        .field(FieldError { pointer: "query/seen".into(), reason: email }))
}
