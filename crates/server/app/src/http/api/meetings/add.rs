//! `POST /api/v1/meetings`: a meeting entered by hand.

use super::conflict;
use super::list::row;
use crate::http::api::meeting_settings::{LENGTH, LONGEST_LOCATION, LONGEST_TITLE, checked_text};
use crate::http::auth::{Allowed, Caller, UseInbox};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::v1::{arrival, busy_times};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_context::random10;
use knock_engine::commands::{AddMeeting, Added, Arrival, BusyTimes};
use knock_model::{Email, MeetingId, MemberState, Millis, PersonName, RepId, SessionId, SignalId, VisitorId};
use knock_ports::{ByHand, WEBSITE};
use knock_wire::{FieldError, MeetingDraft, MeetingRow};

/// Why a start is refused, here and where a meeting is moved.
pub(super) const PAST: &str = "is in the past: choose a time to come";

/// Enters a meeting that was agreed on elsewhere. Its lead gets an invitation, and their score stays as it is. The same id
/// again answers the meeting that it entered.
#[utoipa::path(post, path = "/api/v1/meetings", tag = "team", request_body = MeetingDraft, responses(
    (status = 201, description = "The meeting", body = MeetingRow),
    (status = 200, description = "The meeting that an earlier request entered", body = MeetingRow),
    (status = 409, description = "The owner is not free then"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<MeetingDraft>,
) -> Result<(StatusCode, Json<MeetingRow>), Problem> {
    let meeting = MeetingId::parse(&draft.id).map_err(|error| wrong("/id", error.to_string()))?;
    // A repeated request may come when the start has passed.
    if read(state.core.store.clone(), move |view| view.meeting(meeting)).await?.is_some() {
        return row(&state, meeting).await.map(|row| (StatusCode::OK, Json(row)));
    }
    let command = command(&state, &caller, meeting, draft).await?;
    let code = match state.core.make(caller.actor(), command).await? {
        Added::Done(_) => StatusCode::CREATED,
        Added::Known(_) => StatusCode::OK,
        Added::UnknownLead => return Err(wrong("/lead", "is no contact")),
        Added::NoEmail => return Err(wrong("/email", "is missing: the lead has no address")),
        Added::Spam => return Err(wrong("/lead", "is marked as spam")),
        Added::Taken => return Err(conflict("That time is taken in the calendar of the owner")),
    };
    row(&state, meeting).await.map(|row| (code, Json(row)))
}

/// The entry, if every field can be used.
async fn command(
    state: &AppState,
    caller: &Caller,
    meeting: MeetingId,
    draft: MeetingDraft,
) -> Result<AddMeeting, Problem> {
    let by = caller.who.member_id();
    let owner = owner(state, draft.owner.or(by)).await?;
    let arrival = nowhere(state)?;
    if draft.start_at <= arrival.now {
        return Err(wrong("/start_at", PAST));
    }
    if draft.duration_min.is_some_and(|minutes| !LENGTH.contains(&minutes)) {
        return Err(wrong("/duration_min", format!("expected {} to {}", LENGTH.start(), LENGTH.end())));
    }
    let email = draft.email.map(|email| Email::parse(email.trim())).transpose();
    let email = email.map_err(|error| wrong("/email", error.to_string()))?;
    if draft.name.trim().chars().count() > PersonName::MAX {
        return Err(wrong("/name", format!("is longer than {} characters", PersonName::MAX)));
    }
    if draft.zone.as_ref().is_some_and(|zone| knock_scheduling::zone(zone).is_err()) {
        return Err(wrong("/zone", "is no time zone"));
    }
    let text = |pointer: &'static str, text: &str, longest| {
        checked_text(text, longest, false).map_err(|reason| wrong(pointer, reason))
    };
    let title = text("/title", &draft.title, LONGEST_TITLE)?;
    let location = text("/location", &draft.location, LONGEST_LOCATION)?;
    Ok(AddMeeting {
        meeting,
        lead: draft.lead,
        email,
        name: PersonName::parse(&draft.name),
        start: draft.start_at,
        duration_min: draft.duration_min,
        owner,
        by_hand: ByHand { by, title, location },
        zone: draft.zone,
        conversation: draft.conversation,
        busy: if draft.despite_busy { BusyTimes::new() } else { busy_times(state).await? },
        ids: std::array::from_fn(|_| SignalId::new(arrival.now, &random10(&*state.core.chance))),
        arrival,
    })
}

/// The owner: a member of the team.
async fn owner(state: &AppState, owner: Option<RepId>) -> Result<RepId, Problem> {
    let Some(owner) = owner else { return Err(wrong("/owner", "is missing: an API key has no calendar")) };
    let found = read(state.core.store.clone(), move |view| view.member(owner)).await?;
    let is_member = found.is_some_and(|member| member.state != MemberState::Removed);
    if is_member { Ok(owner) } else { Err(wrong("/owner", "is no member")) }
}

/// A browser that no one has, on the first site in use: the origin of a contact that only the team knows.
fn nowhere(state: &AppState) -> Result<Arrival, Problem> {
    let site = state.sites.first().ok_or_else(|| conflict("There is no site"))?;
    let (chance, now): (_, Millis) = (&*state.core.chance, state.core.clock.now());
    let browser = (VisitorId::new(now, &random10(chance)), SessionId::new(now, &random10(chance)));
    Ok(arrival(state, &site, WEBSITE.to_owned(), browser))
}

fn wrong(pointer: &str, reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}
