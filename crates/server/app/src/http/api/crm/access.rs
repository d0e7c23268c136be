//! Connecting a CRM by entered credentials, and disconnecting it.

use super::{NamedCrm, SystemPath, refused, shown::shown_now, wrong};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_crm_sync::{SyncedCrm, checked};
use knock_engine::commands::{ChangeCrm, CrmEdit};
use knock_wire::{CrmCredentials, CrmSettings};

/// Connects the account of these credentials, whose fields the settings list. The CRM is asked for the account's name
/// before they are stored, sealed.
#[utoipa::path(post, path = "/api/v1/crm/{system}/connect", tag = "team", request_body = CrmCredentials,
    params(SystemPath),
    responses(
    (status = 200, description = "Connected; `account.missing_scopes` says what the access may not do", body = CrmSettings),
    (status = 422, description = "The CRM does not accept the credentials, or the configuration has them"),
    (status = 503, description = "The CRM does not answer"),
))]
pub(super) async fn connect(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
    JsonBody(entered): JsonBody<CrmCredentials>,
) -> Result<Json<CrmSettings>, Problem> {
    let crm = &crm.account;
    let (form, pointer) = (crm.vendor.credentials(), first_field(crm));
    if crm.is_configured() {
        return Err(wrong(pointer, crm.configured_words()));
    }
    let form = form.ok_or_else(|| wrong("", format!("{} is connected by installing an app", crm.label())))?;
    let credentials = checked(&form, &entered).map_err(Problem::invalid)?;
    let connection = crm.connect(&credentials).await.map_err(|refusal| refused(crm, &pointer, refusal))?;
    let (edit, now) = (CrmEdit::Connect(connection), state.core.clock.now());
    state.core.make(caller.actor(), ChangeCrm { system: crm.system(), edit, now }).await?;
    Ok(Json(shown_now(crm).await?))
}

/// Disconnects the CRM: the access is deleted and nothing is written. The settings and the data in the CRM remain;
/// changes of leads are queued until an account is connected again.
#[utoipa::path(delete, path = "/api/v1/crm/{system}", tag = "team",
    params(SystemPath),
    responses(
    (status = 204, description = "Disconnected"),
    (status = 404, description = "No account is connected"),
    (status = 422, description = "The access stands in the configuration"),
))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    let crm = &crm.account;
    if crm.is_configured() {
        return Err(wrong(first_field(crm), crm.configured_words()));
    }
    if !crm.is_connected(&crm.sync().await?) {
        return Err(Problem::not_found());
    }
    let (edit, now) = (CrmEdit::Disconnect, state.core.clock.now());
    state.core.make(caller.actor(), ChangeCrm { system: crm.system(), edit, now }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The pointer to the first field of the credentials, where an error of all of them stands.
fn first_field(crm: &SyncedCrm) -> String {
    let form = crm.vendor.credentials();
    form.and_then(|form| form.fields.first()).map_or_else(String::new, |field| format!("/{}", field.name))
}
