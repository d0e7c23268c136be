//! Changes of a meeting by a member: reschedule, cancellation, reassignment, outcome.

use super::add::PAST;
use super::conflict;
use super::list::row;
use crate::http::auth::{Allowed, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::busy_times;
use axum::Json;
use axum::extract::State;
use knock_context::random10;
use knock_engine::commands::{ChangeMeeting, Changed, MeetingChange, MovedOffer, TeamMeetingChange};
use knock_model::{MeetingId, Reason, SignalId};
use knock_status::meeting::Canceller;
use knock_wire::{FieldError, MeetingPatch, MeetingRow, MeetingSlots};

/// The reason where fewer or more fields are given.
const ONE: &str = "expects exactly one of `start_at`, `owner`, `cancel`, `no_show`, `took_place` and `calendar_change`";

/// Changes a meeting in one way: another time, another owner, cancelled, its outcome, or the answer to a change that a rep
/// made in their own calendar.
#[utoipa::path(patch, path = "/api/v1/meetings/{id}", tag = "team", request_body = MeetingPatch,
    params(("id" = String, Path, description = "Id of the meeting")),
    responses(
        (status = 200, description = "The meeting as it is now", body = MeetingRow),
        (status = 404, description = "Meeting not found"),
        (status = 409, description = "Over, the time is not free, or no change in a calendar waits"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn patch(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(given): JsonBody<MeetingPatch>,
) -> Result<Json<MeetingRow>, Problem> {
    let meeting = MeetingId::parse(&id).map_err(|_| Problem::not_found())?;
    let change = checked(&state, given).await?;
    let now = state.core.clock.now();
    let id = SignalId::new(now, &random10(&*state.core.chance));
    let member = caller.who.member_id();
    let busy = busy_times(&state).await?;
    let change = ChangeMeeting { meeting, change, by: Canceller::Rep, member, busy, id, now };
    match state.core.make(caller.actor(), TeamMeetingChange(change)).await? {
        Changed::Done(_) => row(&state, meeting).await.map(Json),
        Changed::NotFound => Err(Problem::not_found()),
        Changed::Over | Changed::TooLate | Changed::TooOften => {
            Err(conflict("It was cancelled, or its time does not allow this"))
        }
        Changed::Taken(_) => Err(conflict("That time is not free in the calendar of the owner")),
        Changed::Past => Err(conflict("The time to which it was moved in the calendar is over")),
        Changed::NoneWaits => {
            Err(conflict("No change in a calendar waits: it was answered, or the meeting has changed"))
        }
    }
}

/// The one requested change.
async fn checked(state: &AppState, given: MeetingPatch) -> Result<MeetingChange, Problem> {
    let MeetingPatch { start_at, owner, cancel, no_show, took_place, calendar_change } = given;
    if let Some(answer) = calendar_change {
        let is_one = (&start_at, &owner, &cancel, &no_show, &took_place) == (&None, &None, &None, &None, &None);
        return if is_one { answered(&answer) } else { Err(wrong("", ONE)) };
    }
    let outcome = match (no_show, took_place) {
        (Some(_), Some(_)) => return Err(wrong("", ONE)),
        (Some(is_no_show), None) => Some(is_no_show.then_some(false)),
        (None, Some(took_place)) => Some(took_place.then_some(true)),
        (None, None) => None,
    };
    match (start_at, owner, cancel, outcome) {
        (Some(start), None, None, None) if start > state.core.clock.now() => Ok(MeetingChange::Move(start)),
        (Some(_), None, None, None) => Err(wrong("/start_at", PAST)),
        (None, Some(owner), None, None) => {
            let found = read(state.core.store.clone(), move |view| view.member(owner)).await?;
            let is_member = found.is_some_and(|member| member.state != knock_model::MemberState::Removed);
            if is_member { Ok(MeetingChange::Reassign(owner)) } else { Err(wrong("/owner", "is no member")) }
        }
        (None, None, Some(reason), None) if reason.trim().chars().count() <= Reason::MAX => {
            Ok(MeetingChange::Cancel { reason: reason.into() })
        }
        (None, None, Some(_), None) => Err(wrong("/cancel", "is longer than 1,000 characters")),
        (None, None, None, Some(outcome)) => Ok(MeetingChange::Outcome(outcome)),
        _ => Err(wrong("", ONE)),
    }
}

/// The answer to a change in a calendar.
fn answered(word: &str) -> Result<MeetingChange, Problem> {
    match word {
        "apply" => Ok(MeetingChange::ApplyCalendar),
        "undo" => Ok(MeetingChange::UndoCalendar),
        _ => Err(wrong("/calendar_change", "is neither `apply` nor `undo`")),
    }
}

fn wrong(pointer: &str, reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}

/// The slots to which a meeting can be rescheduled, by the working hours of its participants.
#[utoipa::path(get, path = "/api/v1/meetings/{id}/slots", tag = "team",
    params(("id" = String, Path, description = "Id of the meeting")),
    responses(
        (status = 200, description = "The starts of the horizon", body = MeetingSlots),
        (status = 404, description = "Meeting not found"),
    ))]
pub(super) async fn slots(
    _: Allowed<UseInbox>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<MeetingSlots>, Problem> {
    let id = MeetingId::parse(&id).map_err(|_| Problem::not_found())?;
    let (now, busy) = (state.core.clock.now(), busy_times(&state).await?);
    let found = read(state.core.store.clone(), move |view| {
        let Some(meeting) = view.meeting(id)? else { return Ok(None) };
        let slots = MovedOffer::load(view, &meeting, &busy, now)?.slots();
        Ok(Some(MeetingSlots { starts: slots.into_iter().map(|slot| slot.start).collect() }))
    });
    found.await?.map(Json).ok_or_else(Problem::not_found)
}
