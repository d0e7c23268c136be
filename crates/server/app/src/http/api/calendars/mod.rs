//! `/api/v1/calendars`: the caller's own calendar accounts: their busy times, and the place for meetings.

mod apps;
mod change;
mod consent;
mod shown;

use crate::http::auth::{Allowed, ManageTeam, NoKey, UseInbox};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use change::Account;
use knock_engine::commands::DropCalendar;
use knock_model::{CalendarAccountId, CalendarProvider, RepId};
use knock_wire::{CalendarAccount, CalendarAccounts, CalendarChange, CalendarDraft, CalendarHealth, FieldError};

pub(super) fn routes() -> Routes {
    let own = Routes::new().routes(routes!(list, post)).routes(routes!(patch, delete)).routes(routes!(test));
    let own = own.routes(routes!(consent::post)).routes(routes!(of_member));
    own.routes(routes!(apps::list)).routes(routes!(apps::put, apps::delete))
}

/// The caller's own calendar accounts, and the providers of calendars.
#[utoipa::path(get, path = "/api/v1/calendars", tag = "team", responses(
    (status = 200, description = "The connected accounts", body = CalendarAccounts),
    (status = 403, description = "API keys have no calendar"),
))]
async fn list(
    Allowed { caller, .. }: Allowed<UseInbox, NoKey>,
    State(state): State<AppState>,
) -> Result<Json<CalendarAccounts>, Problem> {
    let (member, reader) = (caller.need_sign_in()?.id, state.calendars.clone());
    let found = read(state.core.store.clone(), move |view| {
        let calendars = view.calendars_of(member)?.into_iter();
        let calendars = calendars.map(|calendar| shown::account(view, &reader, calendar));
        let accounts = &reader.accounts;
        let providers = accounts.vendors().map(|vendor| shown::provider(view, accounts, vendor));
        Ok(CalendarAccounts {
            accounts: calendars.collect::<Result<_, _>>()?,
            providers: providers.collect::<Result<_, _>>()?,
        })
    });
    found.await.map(Json)
}

/// Connects a calendar account of the caller. Its calendars are requested and read once before the response.
#[utoipa::path(post, path = "/api/v1/calendars", tag = "team", request_body = CalendarDraft, responses(
    (status = 201, description = "The account as it is connected", body = CalendarAccount),
    (status = 403, description = "API keys have no calendar"),
    (status = 422, description = "A field is wrong, or the provider does not let in or answer"),
))]
async fn post(
    Allowed { caller, .. }: Allowed<UseInbox, NoKey>,
    State(state): State<AppState>,
    JsonBody(CalendarDraft { provider, change }): JsonBody<CalendarDraft>,
) -> Result<(StatusCode, Json<CalendarAccount>), Problem> {
    let (member, accounts) = (caller.need_sign_in()?.id, &state.calendars.accounts);
    let vendor = CalendarProvider::parse(&provider).and_then(|provider| accounts.vendor(provider));
    let Some(vendor) = vendor else {
        let known: Vec<&str> = accounts.vendors().map(|vendor| vendor.provider().as_str()).collect();
        return Err(wrong("/provider", format!("is none that can be connected: {}", known.join(", "))));
    };
    if vendor.credentials().is_none() {
        return Err(wrong("/provider", "is connected by a consent at the provider: `POST /api/v1/calendars/consent`"));
    }
    let id = CalendarAccountId::new(state.core.chance.bytes16());
    let connected = Account { state: &state, vendor, member, id, known: None }.change(&caller, &change).await?;
    Ok((StatusCode::CREATED, Json(connected)))
}

/// Changes the use of a calendar account of the caller, or its credentials, which are then tried before the response.
#[utoipa::path(patch, path = "/api/v1/calendars/{id}", tag = "team", request_body = CalendarChange,
    params(("id" = String, Path, description = "Id of the account")),
    responses(
        (status = 200, description = "The account as it is connected now", body = CalendarAccount),
        (status = 403, description = "API keys have no calendar"),
        (status = 404, description = "Not connected"),
        (status = 422, description = "A field is wrong, or the provider does not let in or answer"),
    ))]
async fn patch(
    Allowed { caller, .. }: Allowed<UseInbox, NoKey>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(change): JsonBody<CalendarChange>,
) -> Result<Json<CalendarAccount>, Problem> {
    Account::of(&state, caller.need_sign_in()?.id, &id).await?.change(&caller, &change).await.map(Json)
}

/// Requests the calendars of an account of the caller anew, and reads them: new ones are found.
#[utoipa::path(post, path = "/api/v1/calendars/{id}/test", tag = "team",
    params(("id" = String, Path, description = "Id of the account")),
    responses(
        (status = 200, description = "The account; `health.problem` tells why it cannot be read", body = CalendarAccount),
        (status = 403, description = "API keys have no calendar"),
        (status = 404, description = "Not connected"),
    ))]
async fn test(
    Allowed { caller, .. }: Allowed<UseInbox, NoKey>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<CalendarAccount>, Problem> {
    Account::of(&state, caller.need_sign_in()?.id, &id).await?.test(&caller).await.map(Json)
}

/// Disconnects a calendar account of the caller. Its events block nothing any more; meetings already written into it
/// remain. A consent ends at its provider too, where the provider can and answers.
#[utoipa::path(delete, path = "/api/v1/calendars/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the account")),
    responses(
        (status = 204, description = "Disconnected"),
        (status = 403, description = "API keys have no calendar"),
        (status = 404, description = "Not connected"),
    ))]
async fn delete(
    Allowed { caller, .. }: Allowed<UseInbox, NoKey>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let member = caller.need_sign_in()?.id;
    let id = CalendarAccountId::parse(&id).map_err(|_| Problem::not_found())?;
    let accounts = state.calendars.accounts.clone();
    let ending = read(state.core.store.clone(), move |view| {
        let own = view.calendar(id)?.filter(|known| known.member == member);
        own.map_or(Ok(None), |known| accounts.ending(view, &known))
    });
    let ending = ending.await?;
    let was_there = state.core.make(caller.actor(), DropCalendar { id, member }).await?;
    state.calendars.forget(id);
    if let Some(ending) = ending.filter(|_| was_there) {
        state.calendars.accounts.end_all([ending]).await;
    }
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(Problem::not_found)
}

/// The state of the calendar accounts of a member, together.
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
    let reader = state.calendars.clone();
    let found = read(state.core.store.clone(), move |view| match view.member(member)? {
        Some(member) => shown::health_of_all(view, &reader, &view.calendars_of(member.id)?).map(Some),
        None => Ok(None),
    });
    found.await?.map(Json).ok_or_else(Problem::not_found)
}

fn wrong(pointer: &str, reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.to_owned(), reason: reason.into() })
}
