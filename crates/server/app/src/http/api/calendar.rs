//! `/api/v1/calendar`: the caller's own calendar: its busy times, and the place for meetings.

use crate::http::auth::{Allowed, Caller, ManageTeam, UseInbox, Who};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_caldav::{Account, Calendar, Failure};
use knock_calendar_sync::Accounts;
use knock_engine::commands::{DropCalendar, SaveCalendar, busy_window};
use knock_model::{Destination, Label, RepId};
use knock_ports::{
    CALENDAR_TIMEOUT, CalendarDetails, CalendarProvider, Calendars, ConnectedCalendar, FoundCalendar, StoreError, View,
};
use knock_wire::{CalendarChoice, CalendarConnection, CalendarDraft, CalendarHealth, FieldError};
use std::time::Duration;
use tokio::time::timeout;
use url::Url;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const PATIENCE: Duration = Duration::from_millis(CALENDAR_TIMEOUT.0.unsigned_abs());
/// The longest address, user or password.
const LONGEST: usize = 2_000;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get, put, delete)).routes(routes!(of_member))
}

/// The caller's own calendar, and its state.
#[utoipa::path(get, path = "/api/v1/calendar", tag = "team", responses(
    (status = 200, description = "The calendar as it is connected", body = CalendarConnection),
    (status = 403, description = "API keys have no calendar"),
))]
async fn get(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
) -> Result<Json<CalendarConnection>, Problem> {
    shown(&state, own(&caller)?).await
}

/// Connects the caller's own calendar, or changes its connection. The calendars of the account are requested and read
/// once before the response.
#[utoipa::path(put, path = "/api/v1/calendar", tag = "team", request_body = CalendarDraft, responses(
    (status = 200, description = "The calendar as it is connected now", body = CalendarConnection),
    (status = 403, description = "API keys have no calendar"),
    (status = 422, description = "A field is wrong, or the calendar server does not let in or answer"),
))]
async fn put(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<CalendarDraft>,
) -> Result<Json<CalendarConnection>, Problem> {
    let (member, now) = (own(&caller)?, state.core.clock.now());
    let known = read(state.core.store.clone(), move |view| view.calendar(member)).await?;
    let account = checked(&state, member, &draft, known.as_ref())?;
    let found = timeout(PATIENCE, state.calendars.accounts.with(account.clone()).calendars()).await;
    let found = found.unwrap_or_else(|_| Err(Failure::Unreached("it did not answer in time".to_owned())));
    let found = found.map_err(refused)?;
    let details = details(&state.calendars.accounts, &state, member, &draft, account, &found)?;
    state.core.make(caller.actor(), SaveCalendar { member, details, now }).await?;
    state.calendars.forget(member);
    let window = read(state.core.store.clone(), move |view| busy_window(view, now)).await?;
    state.calendars.busy(&[member], window.start, window.end).await;
    shown(&state, member).await
}

/// Disconnects the caller's own calendar. Its events block nothing any more; meetings already written into it remain.
#[utoipa::path(delete, path = "/api/v1/calendar", tag = "team", responses(
    (status = 204, description = "Disconnected"),
    (status = 403, description = "API keys have no calendar"),
    (status = 404, description = "Not connected"),
))]
async fn delete(
    Allowed { caller, .. }: Allowed<UseInbox>,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    let member = own(&caller)?;
    let was_there = state.core.make(caller.actor(), DropCalendar { member }).await?;
    state.calendars.forget(member);
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(Problem::not_found)
}

/// The calendar connection of a member, and its state.
#[utoipa::path(get, path = "/api/v1/members/{id}/calendar", tag = "team",
    params(("id" = String, Path, description = "Id of the member")),
    responses(
        (status = 200, description = "Figures of the delivery", body = CalendarHealth),
        (status = 404, description = "Member not found"),
    ))]
async fn of_member(
    _: Allowed<ManageTeam>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<CalendarHealth>, Problem> {
    let member = RepId::parse(&id).map_err(|_| Problem::not_found())?;
    let found = read(state.core.store.clone(), move |view| {
        let Some(member) = view.member(member)? else { return Ok(None) };
        let calendar = view.calendar(member.id)?;
        calendar.map_or(Ok(CalendarHealth::default()), |calendar| health(view, &calendar)).map(Some)
    });
    found.await?.map(Json).ok_or_else(Problem::not_found)
}

/// The member who sends the request: a program has no calendar.
fn own(caller: &Caller) -> Result<RepId, Problem> {
    if let Who::Member(member) = &caller.who {
        return Ok(member.id);
    }
    let reason = "is an API key; only a signed-in member has a calendar".into();
    Err(Problem::forbidden(FieldError { pointer: "header/Authorization".into(), reason }))
}

fn wrong(pointer: &str, reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.to_owned(), reason: reason.into() })
}

/// The requested account, if every field is valid.
fn checked(
    state: &AppState,
    member: RepId,
    draft: &CalendarDraft,
    known: Option<&ConnectedCalendar>,
) -> Result<Account, Problem> {
    let password = draft.password.as_ref().map(|password| password.reveal());
    for (pointer, text) in [("/url", &*draft.url), ("/user", &*draft.user), ("/password", password.unwrap_or("-"))] {
        if text.trim().is_empty() {
            return Err(wrong(pointer, "is missing"));
        }
        if text.len() > LONGEST {
            return Err(wrong(pointer, format!("is longer than {LONGEST} bytes")));
        }
    }
    let url = Url::parse(draft.url.trim());
    let url = url.map_err(|_| wrong("/url", "is no address such as https://calendar.example.com"))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(wrong("/url", "must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("/url", "names a user: that and the password stand in fields of their own"));
    }
    state.outbound.guard().check(&url).map_err(|reason| wrong("/url", reason))?;
    let user = draft.user.trim().to_owned();
    let password = match password {
        Some(password) => password.to_owned(),
        // A stored password must not be sent to another server.
        None => known
            .filter(|known| known.details.user == user && is_same_server(&known.details.url, &url))
            .and_then(|known| state.calendars.accounts.password(member, &known.details))
            .ok_or_else(|| wrong("/password", "is missing: another server or user needs it"))?,
    };
    Ok(Account { url, user, password })
}

fn is_same_server(known: &str, url: &Url) -> bool {
    Url::parse(known).is_ok_and(|known| known.origin() == url.origin())
}

/// The reason for which the account cannot be used, at the field that it concerns.
fn refused(failure: Failure) -> Problem {
    match failure {
        Failure::Unauthorized => wrong("/password", "is not accepted there, or the user is not known"),
        Failure::Gone => wrong("/url", "leads to no calendar: the server knows nothing at this address"),
        failure => wrong("/url", format!("cannot be used: {failure}")),
    }
}

fn details(
    accounts: &Accounts,
    state: &AppState,
    member: RepId,
    draft: &CalendarDraft,
    Account { url, user, password }: Account,
    found: &[Calendar],
) -> Result<CalendarDetails, Problem> {
    let Some(first) = found.first() else { return Err(wrong("/url", "leads to an account without calendars")) };
    let ids: Vec<String> = found.iter().map(|calendar| calendar.url.to_string()).collect();
    let reads = draft.reads.clone().unwrap_or_else(|| ids.clone());
    if let Some(at) = reads.iter().position(|id| !ids.contains(id)) {
        return Err(wrong(&format!("/reads/{at}"), "is none of the calendars of this account"));
    }
    let events_in = draft.events_in.clone().unwrap_or_else(|| first.url.to_string());
    if !events_in.is_empty() && !ids.contains(&events_in) {
        return Err(wrong("/events_in", "is none of the calendars of this account"));
    }
    let named = |calendar: &Calendar| FoundCalendar {
        id: calendar.url.to_string(),
        name: Label::parse(&calendar.name).into_text(),
    };
    Ok(CalendarDetails {
        provider: CalendarProvider::CalDav,
        url: url.to_string(),
        user,
        secret: accounts.sealed(member, &password, &*state.core.chance),
        found: found.iter().map(named).collect(),
        reads,
        events_in,
        written: Vec::new(),
    })
}

async fn shown(state: &AppState, member: RepId) -> Result<Json<CalendarConnection>, Problem> {
    let found = read(state.core.store.clone(), move |view| match view.calendar(member)? {
        Some(calendar) => connection(view, calendar),
        None => Ok(CalendarConnection::default()),
    });
    found.await.map(Json)
}

fn connection(view: &dyn View, calendar: ConnectedCalendar) -> Result<CalendarConnection, StoreError> {
    let health = health(view, &calendar)?;
    let CalendarDetails { url, user, found, reads, events_in, .. } = calendar.details;
    let choice = |FoundCalendar { id, name }| CalendarChoice { is_read: reads.contains(&id), url: id, name };
    Ok(CalendarConnection { health, url, user, calendars: found.into_iter().map(choice).collect(), events_in })
}

fn health(view: &dyn View, calendar: &ConnectedCalendar) -> Result<CalendarHealth, StoreError> {
    let counts = view.outbox_counts(Destination::calendar(calendar.member))?;
    Ok(CalendarHealth {
        is_connected: true,
        problem: calendar.problem.clone(),
        problem_since: calendar.problem_at,
        waiting: counts.waiting,
        failed: counts.parked,
    })
}
