//! `/api/v1/crm/hubspot`: CRM Sync with HubSpot.

mod access;
mod checked;
mod dry_run;
mod fields;
mod health;
mod install;
mod log;
mod shown;

use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use checked::checked;
use knock_engine::commands::{ChangeCrm, CrmEdit};
use knock_ports::Refusal;
use knock_routing::CrmSystem;
use knock_wire::{CrmDraft, CrmPause, CrmSettings, FieldError};
use shown::shown;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

const SYSTEM: CrmSystem = CrmSystem::Hubspot;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
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

/// The settings of CRM Sync with HubSpot. HubSpot is not asked.
#[utoipa::path(get, path = "/api/v1/crm/hubspot", tag = "team", responses(
    (status = 200, description = "The settings", body = CrmSettings),
))]
async fn get(_: Allowed<ManageConnections>, State(state): State<AppState>) -> Result<Json<CrmSettings>, Problem> {
    Ok(Json(shown(&state, &state.hubspot.sync().await?)))
}

/// Changes which leads and fields are written. The mapping is compared with the current properties of HubSpot.
#[utoipa::path(put, path = "/api/v1/crm/hubspot", tag = "team", request_body = CrmDraft, responses(
    (status = 200, description = "The settings after the change", body = CrmSettings),
    (status = 422, description = "A field is wrong, or a property cannot have what is mapped to it"),
    (status = 503, description = "HubSpot does not answer: the mapping cannot be checked"),
))]
async fn put(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<CrmDraft>,
) -> Result<Json<CrmSettings>, Problem> {
    let before = state.hubspot.sync().await?;
    let edit = checked(&state, &draft, &before).await?;
    state.core.make(caller.actor(), ChangeCrm { system: SYSTEM, edit, now: state.core.clock.now() }).await?;
    state.enricher.forget();
    Ok(Json(shown(&state, &state.hubspot.sync().await?)))
}

/// Pauses the writes, or resumes them. Changes in the meantime are written afterwards.
#[utoipa::path(post, path = "/api/v1/crm/hubspot/pause", tag = "team", request_body = CrmPause, responses(
    (status = 200, description = "The settings after the change", body = CrmSettings),
))]
async fn pause(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(CrmPause { is_paused }): JsonBody<CrmPause>,
) -> Result<Json<CrmSettings>, Problem> {
    let edit = CrmEdit::Pause(is_paused);
    state.core.make(caller.actor(), ChangeCrm { system: SYSTEM, edit, now: state.core.clock.now() }).await?;
    state.crm.wake.notify_one();
    Ok(Json(shown(&state, &state.hubspot.sync().await?)))
}

fn wrong(pointer: impl Into<String>, reason: impl Into<String>) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}

/// The problem of a request that HubSpot refused.
fn refused(pointer: &str, refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Retry { words, after } => {
            let seconds = after.map_or(10, |after| after.0.unsigned_abs().div_ceil(1_000));
            Problem::unavailable(&format!("HubSpot cannot be asked now: {words}"), seconds)
        }
        Refusal::Paused { words, .. } => Problem::unavailable(&format!("HubSpot cannot be asked now: {words}"), 3_600),
        Refusal::Rejected { words } | Refusal::Unauthorized { words } => {
            wrong(pointer, format!("HubSpot says: {words}"))
        }
    }
}
