//! `/api/v1/calendar-apps`: the apps that ask members for consents, one for each provider.

use crate::http::api::credentials::form_shown;
use crate::http::auth::{Allowed, ManageConnections, NoKey};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_calendar_sync::{Accounts, installer};
use knock_context::Core;
use knock_engine::commands::SaveCalendarApp;
use knock_model::CalendarProvider;
use knock_ports::{CalendarOauth, Credentials, StoreError, View};
use knock_wire::{CalendarApp, CalendarAppDraft, CalendarApps};

/// The apps that ask members for the consent to read their calendars.
#[utoipa::path(get, path = "/api/v1/calendar-apps", tag = "team", responses(
    (status = 200, description = "One for each provider that asks for consents", body = CalendarApps),
))]
pub(super) async fn list(
    _: Allowed<ManageConnections, NoKey>,
    State(state): State<AppState>,
) -> Result<Json<CalendarApps>, Problem> {
    let (accounts, core) = (state.calendars.accounts.clone(), state.core.core.clone());
    let found = read(state.core.store.clone(), move |view| {
        let asking = accounts.vendors().filter_map(|vendor| Some((vendor.provider(), vendor.oauth()?)));
        asking.map(|(provider, oauth)| shown(view, &core, &accounts, (provider, oauth))).collect()
    });
    Ok(Json(CalendarApps { apps: found.await? }))
}

/// Enters the app of a provider, or changes it. Nothing is requested: the first consent shows whether it is right.
/// Accounts that were connected by an app with another `client_id` have to consent again.
#[utoipa::path(put, path = "/api/v1/calendar-apps/{provider}", tag = "team", request_body = CalendarAppDraft,
    params(("provider" = String, Path, description = "`google` or `microsoft`")),
    responses(
        (status = 200, description = "The app as it is entered now", body = CalendarApp),
        (status = 404, description = "The provider asks for no consents"),
        (status = 409, description = "The app stands in the configuration of the server, which counts first"),
        (status = 422, description = "A field is wrong"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<ManageConnections, NoKey>,
    State(state): State<AppState>,
    Path(provider): Path<String>,
    JsonBody(CalendarAppDraft { fields }): JsonBody<CalendarAppDraft>,
) -> Result<Json<CalendarApp>, Problem> {
    let (provider, oauth) = asking(&state, &provider)?;
    let known = read(state.core.store.clone(), move |view| view.calendar_app(provider)).await?;
    let app = state.calendars.accounts.entered_app(provider, oauth, &fields, known.as_ref());
    let app = Some(app.map_err(Problem::invalid)?);
    state.core.make(caller.actor(), SaveCalendarApp { provider, app }).await?;
    let (accounts, core) = (state.calendars.accounts.clone(), state.core.core.clone());
    let found = read(state.core.store.clone(), move |view| {
        let oauth = accounts.vendor(provider).and_then(|vendor| vendor.oauth());
        oauth.map(|oauth| shown(view, &core, &accounts, (provider, oauth))).transpose()
    });
    found.await?.map(Json).ok_or_else(Problem::not_found)
}

/// Removes the app of a provider: accounts that were connected by it cannot be read until it is entered again.
#[utoipa::path(delete, path = "/api/v1/calendar-apps/{provider}", tag = "team",
    params(("provider" = String, Path, description = "`google` or `microsoft`")),
    responses(
        (status = 204, description = "Removed"),
        (status = 404, description = "No app is entered"),
        (status = 409, description = "The app stands in the configuration of the server"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<ManageConnections, NoKey>,
    State(state): State<AppState>,
    Path(provider): Path<String>,
) -> Result<StatusCode, Problem> {
    let (provider, _) = asking(&state, &provider)?;
    let was_there = state.core.make(caller.actor(), SaveCalendarApp { provider, app: None }).await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(Problem::not_found)
}

/// A provider whose app is entered here.
fn asking<'s>(state: &'s AppState, provider: &str) -> Result<(CalendarProvider, &'s dyn CalendarOauth), Problem> {
    let accounts = &state.calendars.accounts;
    let vendor = CalendarProvider::parse(provider).and_then(|provider| accounts.vendor(provider));
    let (provider, oauth) =
        vendor.and_then(|vendor| Some((vendor.provider(), vendor.oauth()?))).ok_or_else(Problem::not_found)?;
    if accounts.configured_app(provider).is_none() {
        return Ok((provider, oauth));
    }
    let problem = Problem::new(StatusCode::CONFLICT, "configured", "The configuration of the server names this app");
    let word = provider.as_str();
    Err(problem.detail(format!(
        "It counts before the dashboard. Remove `{word}.client_id` and `{word}.client_secret` and restart the server to \
         enter it here."
    )))
}

fn shown(
    view: &dyn View,
    core: &Core,
    accounts: &Accounts,
    (provider, oauth): (CalendarProvider, &dyn CalendarOauth),
) -> Result<CalendarApp, StoreError> {
    let app = accounts.app(view, provider)?;
    let form = oauth.app();
    let is_public = |name: &str| form.fields.iter().any(|field| field.name == name && !field.is_secret);
    let values = app.clone().map(|Credentials(values)| values).unwrap_or_default();
    let connected = |calendar: &knock_ports::ConnectedCalendar| {
        calendar.details.provider == provider && calendar.details.consented().is_some()
    };
    Ok(CalendarApp {
        provider: provider.into(),
        name: provider.label().to_owned(),
        form: form_shown(&form),
        values: values.into_iter().filter(|(name, _)| is_public(name)).collect(),
        is_ready: app.is_some(),
        is_configured: accounts.configured_app(provider).is_some(),
        redirect_uri: installer(provider).redirect_uri(core),
        scopes: oauth.scopes().iter().map(|scope| (*scope).to_owned()).collect(),
        accounts: view.calendars()?.iter().filter(|calendar| connected(calendar)).count() as u64,
    })
}
