//! `POST /api/v1/calendars/consent`: connects an account by a consent at its provider, or asks for one again.

use super::wrong;
use crate::http::auth::{Allowed, NoKey, UseInbox};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_model::{CalendarAccountId, CalendarProvider, RepId};
use knock_ports::ConnectedCalendar;
use knock_wire::{CalendarConsent, InstallStarted};

/// Starts a consent: the response is the next address for the browser. The provider redirects it to
/// `/hooks/{provider}/oauth` within ten minutes, in the same session.
#[utoipa::path(post, path = "/api/v1/calendars/consent", tag = "team", request_body = CalendarConsent, responses(
    (status = 200, description = "The URL of the provider's consent page", body = InstallStarted),
    (status = 403, description = "API keys have no calendar"),
    (status = 422, description = "The provider asks for no consents, an admin has to enter its app first, or the account \
                                  is none of the caller's"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<UseInbox, NoKey>,
    State(state): State<AppState>,
    JsonBody(CalendarConsent { provider, account }): JsonBody<CalendarConsent>,
) -> Result<Json<InstallStarted>, Problem> {
    let (member, accounts) = (caller.need_sign_in()?.id, &state.calendars.accounts);
    let vendor = CalendarProvider::parse(&provider).and_then(|provider| accounts.vendor(provider));
    let asked = vendor.and_then(|vendor| Some((vendor.provider(), vendor.oauth()?)));
    let (provider, oauth) =
        asked.ok_or_else(|| wrong("/provider", "is none whose accounts are connected by a consent"))?;
    let known = match account {
        Some(id) => Some(known(&state, member, provider, id).await?),
        None => None,
    };
    let own = accounts.clone();
    let app = read(state.core.store.clone(), move |view| own.app(view, provider)).await?;
    let app = app.ok_or_else(|| wrong("/provider", "cannot be connected yet: an admin has to enter the app first"))?;
    let url = accounts.begin((provider, oauth), &app, caller.secret, known.as_ref()).await?;
    Ok(Json(InstallStarted { url }))
}

/// An account of the member that was connected by a consent.
async fn known(
    state: &AppState,
    member: RepId,
    provider: CalendarProvider,
    id: CalendarAccountId,
) -> Result<ConnectedCalendar, Problem> {
    let known = read(state.core.store.clone(), move |view| view.calendar(id)).await?;
    let is_own = |known: &ConnectedCalendar| {
        (known.member, known.details.provider) == (member, provider) && known.details.consented().is_some()
    };
    known.filter(is_own).ok_or_else(|| wrong("/account", "is no account of yours that was connected by a consent"))
}
