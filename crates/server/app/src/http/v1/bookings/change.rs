//! Seeing, moving and cancelling one meeting.

use crate::http::admission::ClientAddress;
use crate::http::body::{JsonBody, Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::http::texts::texts;
use crate::http::v1::meetings::{Window, Zone, busy_times, instant, names, of_change, shown, slot, taken, utc};
use crate::manage_token::ManageToken;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use knock_agent::Language;
use knock_context::{hash, random10};
use knock_engine::commands::{ChangeMeeting, Changed, MOST_MOVES, MeetingChange, MovedOffer, cutoff};
use knock_model::{Millis, Reason, SignalId};
use knock_ports::Meeting;
use knock_status::meeting::Canceller;
use knock_wire::{CancelDraft, FieldError, MeetingShown, RescheduleDraft, SlotList, SlotTaken};
use serde::Deserialize;
use std::net::IpAddr;

/// The meeting whose address this is.
#[utoipa::path(get, path = "/v1/bookings/{token}", tag = "visitor",
    params(("token" = String, Path, description = "Key in the address")),
    responses(
        (status = 200, description = "The meeting", body = MeetingShown),
        (status = 404, description = "Invalid signature, or the meeting was erased"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Path(token): Path<String>,
) -> Result<Json<MeetingShown>, Problem> {
    let meeting = find(&state, from, &token).await?;
    show(&state, meeting).await.map(Json)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct SlotsQuery {
    /// From then on: an instant, or a day of `tz`; now without it.
    from: Option<String>,
    /// Before then: an instant, or a day of `tz`; the horizon without it.
    to: Option<String>,
    /// The visitor's time zone; that of the booking without it.
    tz: Option<String>,
}

/// The slots to which the meeting can be rescheduled. Its own time counts as free.
#[utoipa::path(get, path = "/v1/bookings/{token}/slots", tag = "visitor",
    params(("token" = String, Path, description = "Key in the address"), SlotsQuery),
    responses(
        (status = 200, description = "The starts", body = SlotList),
        (status = 400, description = "Body does not match the schema"),
        (status = 404, description = "Invalid signature, or the meeting was erased"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn slots(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Path(token): Path<String>,
    Query(query): Query<SlotsQuery>,
) -> Result<Json<SlotList>, Problem> {
    let meeting = find(&state, from, &token).await?;
    let tz = query.tz.unwrap_or_else(|| meeting.details.zone.clone());
    let (zone, now) = (Zone::parse("query/tz", &tz)?, state.core.clock.now());
    let window = Window::parse(&zone, query.from.as_deref(), query.to.as_deref(), now)?;
    let busy = busy_times(&state).await?;
    let duration = meeting.end - meeting.start;
    let found = read(state.core.store.clone(), move |view| {
        let offer = MovedOffer::load(view, &meeting, &busy, now)?;
        Ok((offer.slots(), offer.is_unreachable(), names(view, &meeting.details.reps)?))
    });
    let (slots, is_unreachable, with) = found.await?;
    Ok(Json(SlotList {
        verdict: "ok".into(),
        reason: None,
        duration_min: u32::try_from(duration.0 / Millis::MINUTE.0).unwrap_or(u32::MAX),
        with,
        next: slots.iter().find(|slot| window.is_before(slot)).map(|slot| utc(slot.start)),
        slots: slots.iter().filter(|slot| window.holds(slot)).map(|found| slot(found, duration, &zone)).collect(),
        tz,
        is_unreachable,
    }))
}

/// Moves the meeting.
#[utoipa::path(post, path = "/v1/bookings/{token}/reschedule", tag = "visitor", request_body = RescheduleDraft,
    params(("token" = String, Path, description = "Key in the address")),
    responses(
        (status = 200, description = "Rescheduled", body = MeetingShown),
        (status = 400, description = "Body does not match the schema"),
        (status = 404, description = "Invalid signature, or the meeting was erased"),
        (status = 409, description = "The slot is taken; `slots` are free", body = SlotTaken),
        (status = 410, description = "Cancelled, over, or past the cutoff"),
        (status = 422, description = "Invalid field; `errors` names it; or it was moved 20 times within a day"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn reschedule(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Path(token): Path<String>,
    JsonBody(draft): JsonBody<RescheduleDraft>,
) -> Result<Response, Problem> {
    let meeting = find(&state, from, &token).await?;
    let start = instant("/start", &draft.start)?;
    state.limiter.stored(from, of_change(&meeting.details, ""))?;
    change(&state, meeting, MeetingChange::Move(start), start).await
}

/// Cancels the meeting.
#[utoipa::path(post, path = "/v1/bookings/{token}/cancel", tag = "visitor", request_body = CancelDraft,
    params(("token" = String, Path, description = "Key in the address")),
    responses(
        (status = 200, description = "Cancelled", body = MeetingShown),
        (status = 400, description = "Body does not match the schema"),
        (status = 404, description = "Invalid signature, or the meeting was erased"),
        (status = 410, description = "Cancelled, over, or past the cutoff"),
        (status = 422, description = "Invalid field; `errors` names it"),
        (status = 429, description = "Too many requests; retry after `Retry-After`"),
    ))]
pub(super) async fn cancel(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    Path(token): Path<String>,
    JsonBody(draft): JsonBody<CancelDraft>,
) -> Result<Response, Problem> {
    let meeting = find(&state, from, &token).await?;
    if draft.reason.trim().chars().count() > Reason::MAX {
        let reason = format!("is longer than {} characters", Reason::MAX);
        return Err(Problem::invalid(FieldError { pointer: "/reason".into(), reason }));
    }
    let start = meeting.start;
    state.limiter.stored(from, of_change(&meeting.details, &draft.reason))?;
    change(&state, meeting, MeetingChange::Cancel { reason: draft.reason.into() }, start).await
}

/// The meeting that a token names. Who sends wrong ones waits.
pub(super) async fn find(state: &AppState, from: IpAddr, token: &str) -> Result<Meeting, Problem> {
    state.limiter.booking(from)?;
    let secret = hash(token);
    state.guesses.may_try(from, secret)?;
    let Some(id) = ManageToken::open(token, &state.core.key) else {
        state.guesses.wrong(from);
        return Err(Problem::not_found());
    };
    state.guesses.right(secret);
    let found = read(state.core.store.clone(), move |view| view.meeting(id)).await?;
    found.ok_or_else(Problem::not_found)
}

async fn show(state: &AppState, meeting: Meeting) -> Result<MeetingShown, Problem> {
    let (of, now) = (state.clone(), state.core.clock.now());
    read(state.core.store.clone(), move |view| shown(&of, view, &meeting, cutoff(view)?, now)).await
}

async fn change(state: &AppState, meeting: Meeting, change: MeetingChange, start: Millis) -> Result<Response, Problem> {
    let now = state.core.clock.now();
    let changed = state.core.writer.commit(ChangeMeeting {
        meeting: meeting.id,
        change,
        by: Canceller::Lead,
        member: None,
        busy: busy_times(state).await?,
        id: SignalId::new(now, &random10(&*state.core.chance)),
        now,
    });
    Ok(match changed.await? {
        Changed::Done(changed) => (StatusCode::OK, Json(show(state, *changed).await?)).into_response(),
        Changed::NotFound => Problem::not_found().into_response(),
        Changed::Over | Changed::Past | Changed::NoneWaits => gone("It was cancelled, or it is over").into_response(),
        Changed::TooLate => gone("It begins too soon to be changed here").into_response(),
        Changed::TooOften => too_often(meeting.details.language).into_response(),
        Changed::Taken(slots) => {
            let zone = Zone::known(&meeting.details.zone);
            taken(&slots, meeting.end - meeting.start, start, &zone)
        }
    })
}

/// It was moved as often as it may be. The booking shows the detail, so it is in the visitor's language.
fn too_often(language: Language) -> Problem {
    let count = MOST_MOVES.to_string();
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too-many-changes", "This meeting was moved too often")
        .detail(texts(language).filled("booking.moved_enough", &[("n", &count)]))
}

fn gone(detail: &str) -> Problem {
    Problem::new(StatusCode::GONE, "booking-over", "This meeting can no longer be changed").detail(detail)
}
