//! `POST /api/v1/crm/{system}/install`: starts the installation of an app in an account of a CRM.

use super::{NamedCrm, SystemPath, wrong};
use crate::http::auth::{Allowed, ManageConnections, NoKey};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_context::begin;
use knock_crm_sync::checked;
use knock_ports::CredentialForm;
use knock_wire::{CrmCredentials, InstallStarted};

/// Starts the installation of an app: the response is the next address for the browser. The vendor redirects it to
/// `/hooks/{system}/oauth` within ten minutes, in the same session. Empty fields stand for the known app.
#[utoipa::path(post, path = "/api/v1/crm/{system}/install", tag = "team", request_body = CrmCredentials,
    params(SystemPath),
    responses(
    (status = 200, description = "The URL of the vendor's consent page", body = InstallStarted),
    (status = 422, description = "A field is wrong, or the configuration has the access"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageConnections, NoKey>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
    JsonBody(entered): JsonBody<CrmCredentials>,
) -> Result<Json<InstallStarted>, Problem> {
    let crm = &crm.account;
    let form = crm.vendor.app().ok_or_else(|| wrong("", format!("{} has no app to install", crm.label())))?;
    if crm.is_configured() {
        return Err(wrong(first_field(&form), crm.configured_words()));
    }
    let is_empty = entered.0.values().all(|value| value.reveal().is_empty());
    let app = match crm.known_app(&crm.sync().await?) {
        Some(known) if is_empty => known,
        Some(_) | None => checked(&form, &entered).map_err(Problem::invalid)?,
    };
    let token = begin(&state.core, crm.installer(), caller.secret, &app.0).await?;
    Ok(Json(InstallStarted { url: crm.authorize_url(&app, token.reveal()).into() }))
}

fn first_field(form: &CredentialForm) -> String {
    form.fields.first().map_or_else(String::new, |field| format!("/{}", field.name))
}
