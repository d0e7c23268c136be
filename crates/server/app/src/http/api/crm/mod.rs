//! `/api/v1/crm/{system}`: CRM Sync with a CRM.

mod access;
mod checked;
mod dry_run;
mod fields;
mod health;
mod install;
mod log;
mod named;
mod rule_properties;
mod shown;

use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use checked::checked;
use knock_crm_sync::SyncedCrm;
use knock_engine::commands::{ChangeCrm, CrmEdit};
use knock_model::CrmSystem;
use knock_ports::Refusal;
use knock_wire::{CrmDraft, CrmPause, CrmSettings, CrmSystemShown, CrmSystems, FieldError};
use shown::{shown_now, unavailable};

pub(crate) use named::NamedCrm;
use named::{NamedSystem, SystemPath};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list))
        .routes(routes!(get, put, access::delete))
        .routes(routes!(access::connect))
        .routes(routes!(install::post))
        .routes(routes!(fields::properties))
        .routes(routes!(fields::create))
        .routes(routes!(dry_run::dry_run))
        .routes(routes!(health::get))
        .routes(routes!(health::retry))
        .routes(routes!(pause))
        .routes(routes!(health::resync))
        .routes(routes!(log::get))
}

/// The CRMs, and which of them this server can be connected to.
#[utoipa::path(get, path = "/api/v1/crm", tag = "team", responses(
    (status = 200, description = "The CRMs", body = CrmSystems),
))]
async fn list(_: Allowed<ManageConnections>, State(state): State<AppState>) -> Result<Json<CrmSystems>, Problem> {
    let mut systems = Vec::new();
    for system in CrmSystem::ALL.iter().copied() {
        let account = state.crms.get(system).map(|crm| &crm.account);
        let is_connected = match account {
            Some(account) => account.is_connected(&account.sync().await?),
            None => false,
        };
        let (name, is_available) = (system.label().to_owned(), account.is_some());
        systems.push(CrmSystemShown { system: system.into(), name, is_available, is_connected });
    }
    Ok(Json(CrmSystems { systems }))
}

/// The settings of CRM Sync. The CRM is not asked.
#[utoipa::path(get, path = "/api/v1/crm/{system}", tag = "team",
    params(SystemPath),
    responses(
    (status = 200, description = "The settings", body = CrmSettings),
))]
async fn get(
    _: Allowed<ManageConnections>,
    NamedSystem(system): NamedSystem,
    State(state): State<AppState>,
) -> Result<Json<CrmSettings>, Problem> {
    let Some(crm) = state.crms.get(system) else { return Ok(Json(unavailable(system))) };
    Ok(Json(shown_now(&crm.account).await?))
}

/// Changes which leads and fields are written. The mapping is compared with the current properties of the CRM.
#[utoipa::path(put, path = "/api/v1/crm/{system}", tag = "team", request_body = CrmDraft,
    params(SystemPath),
    responses(
    (status = 200, description = "The settings after the change", body = CrmSettings),
    (status = 422, description = "A field is wrong, or a property cannot have what is mapped to it"),
    (status = 503, description = "The CRM does not answer: the mapping cannot be checked"),
))]
async fn put(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<CrmDraft>,
) -> Result<Json<CrmSettings>, Problem> {
    let account = &crm.account;
    let before = account.sync().await?;
    let edit = checked(&state, account, &draft, &before).await?;
    let change = ChangeCrm { system: account.system(), edit, now: state.core.clock.now() };
    state.core.make(caller.actor(), change).await?;
    crm.forget();
    Ok(Json(shown_now(account).await?))
}

/// Pauses the writes, or resumes them. Changes in the meantime are written afterwards.
#[utoipa::path(post, path = "/api/v1/crm/{system}/pause", tag = "team", request_body = CrmPause,
    params(SystemPath),
    responses(
    (status = 200, description = "The settings after the change", body = CrmSettings),
))]
async fn pause(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
    JsonBody(CrmPause { is_paused }): JsonBody<CrmPause>,
) -> Result<Json<CrmSettings>, Problem> {
    let account = &crm.account;
    let change = ChangeCrm { system: account.system(), edit: CrmEdit::Pause(is_paused), now: state.core.clock.now() };
    state.core.make(caller.actor(), change).await?;
    crm.wake();
    Ok(Json(shown_now(account).await?))
}

fn wrong(pointer: impl Into<String>, reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}

/// The problem of a request that the CRM refused.
fn refused(crm: &SyncedCrm, pointer: &str, refusal: Refusal) -> Problem {
    let label = crm.label();
    match refusal {
        Refusal::Retry { words, after } => {
            let seconds = after.map_or(10, |after| after.0.unsigned_abs().div_ceil(1_000));
            Problem::unavailable(&format!("{label} cannot be asked now: {words}"), seconds)
        }
        Refusal::Paused { words, .. } => Problem::unavailable(&format!("{label} cannot be asked now: {words}"), 3_600),
        Refusal::Rejected { words } | Refusal::Unauthorized { words } => {
            wrong(pointer, format!("{label} says: {words}"))
        }
    }
}
