//! Connecting HubSpot by the token of a private app, and disconnecting it.

use super::{SYSTEM, refused, shown::shown, wrong};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};
use knock_engine::commands::{ChangeCrm, CrmEdit};
use knock_ports::CrmConnection;
use knock_wire::{CrmAccess, CrmSettings};

/// The longest token, in bytes.
const LONGEST: usize = 2_000;
pub(super) const CONFIGURED: &str = "stands in the configuration of the server (hubspot.token): change it there";

/// Connects the account of a private app. HubSpot is asked for the account's name before the token is stored, sealed.
#[utoipa::path(post, path = "/api/v1/crm/hubspot/connect", tag = "team", request_body = CrmAccess, responses(
    (status = 200, description = "Connected; `account.missing_scopes` says what the access may not do", body = CrmSettings),
    (status = 422, description = "HubSpot does not accept the token, or the configuration has one"),
    (status = 503, description = "HubSpot does not answer"),
))]
pub(super) async fn connect(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(access): JsonBody<CrmAccess>,
) -> Result<Json<CrmSettings>, Problem> {
    if state.hubspot.is_configured() {
        return Err(wrong("/token", CONFIGURED));
    }
    let token = access.token.reveal().trim();
    if token.is_empty() || token.len() > LONGEST || HeaderValue::from_str(token).is_err() {
        return Err(wrong("/token", "is empty, longer than 2000 bytes, or has characters that no token has"));
    }
    let account = state.hubspot.account_of(token).await.map_err(|refusal| refused("/token", refusal))?;
    let connection = CrmConnection { token: state.hubspot.sealed(token), account, app: None };
    let (edit, now) = (CrmEdit::Connect(connection), state.core.clock.now());
    state.core.make(caller.actor(), ChangeCrm { system: SYSTEM, edit, now }).await?;
    Ok(Json(shown(&state, &state.hubspot.sync().await?)))
}

/// Disconnects HubSpot: the token is deleted and nothing is written. The settings and the data in HubSpot remain;
/// changes of leads are queued until an account is connected again.
#[utoipa::path(delete, path = "/api/v1/crm/hubspot", tag = "team", responses(
    (status = 204, description = "Disconnected"),
    (status = 404, description = "No account is connected"),
    (status = 422, description = "The token stands in the configuration"),
))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    if state.hubspot.is_configured() {
        return Err(wrong("/token", CONFIGURED));
    }
    if !state.hubspot.is_connected(&state.hubspot.sync().await?) {
        return Err(Problem::not_found());
    }
    let (edit, now) = (CrmEdit::Disconnect, state.core.clock.now());
    state.core.make(caller.actor(), ChangeCrm { system: SYSTEM, edit, now }).await?;
    Ok(StatusCode::NO_CONTENT)
}
