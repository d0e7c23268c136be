//! `/api/v1/persons` and `/api/v1/privacy`: the stored data of a person, and the retention periods.

use crate::http::auth::{Allowed, ManagePersons};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{KEPT_DELIVERIES, SaveSetting, Whose};
use knock_model::{Email, Millis};
use knock_ports::Setting;
use knock_wire::{ErasureReceipt, FieldError, PersonAsk, Privacy, PrivacyChange};
use serde_json::Value;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(privacy, change)).routes(routes!(export)).routes(routes!(erase))
}

/// The retention periods of the configuration, and whether snippets wait for consent.
#[utoipa::path(get, path = "/api/v1/privacy", tag = "team", responses(
    (status = 200, description = "Retention and consent", body = Privacy),
))]
async fn privacy(_: Allowed<ManagePersons>, State(state): State<AppState>) -> Result<Json<Privacy>, Problem> {
    shown(&state).await
}

/// Sets whether snippets wait for the visitor's consent. The lines in the response of `GET /api/v1/sites` carry
/// `data-consent="required"` from then on; lines that are already on pages do not change.
#[utoipa::path(put, path = "/api/v1/privacy", tag = "team", request_body = PrivacyChange, responses(
    (status = 200, description = "Retention and consent as they are now", body = Privacy),
))]
async fn change(
    Allowed { caller, .. }: Allowed<ManagePersons>,
    State(state): State<AppState>,
    JsonBody(PrivacyChange { waits_for_consent }): JsonBody<PrivacyChange>,
) -> Result<Json<Privacy>, Problem> {
    state.core.make(caller.actor(), SaveSetting { setting: Setting::WaitsForConsent(waits_for_consent) }).await?;
    shown(&state).await
}

async fn shown(state: &AppState) -> Result<Json<Privacy>, Problem> {
    let days = |span: Millis| u32::try_from(span.0 / Millis::DAY.0).unwrap_or(u32::MAX);
    let waits_for_consent = read(state.core.store.clone(), |view| view.settings()).await?.waits_for_consent;
    let (signals_days, deliveries_days) = (state.retention.keep.map(days), days(KEPT_DELIVERIES));
    Ok(Json(Privacy { signals_days, deliveries_days, waits_for_consent }))
}

/// All stored data of a person, as `knock export` prints it.
#[utoipa::path(post, path = "/api/v1/persons/export", tag = "team", request_body = PersonAsk, responses(
    (status = 200, description = "The person as a document", body = std::collections::HashMap<String, Value>,
        example = json!({"format": 1, "exported_at": 1_795_163_907_123_i64, "person": {}, "signals": []})),
    (status = 404, description = "No data of this person"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
async fn export(
    Allowed { caller, .. }: Allowed<ManagePersons>,
    State(state): State<AppState>,
    JsonBody(ask): JsonBody<PersonAsk>,
) -> Result<Json<Value>, Problem> {
    let found = state.core.export_person(caller.actor(), whose(&ask)?).await?;
    found.map(Json).ok_or_else(|| unknown(&ask))
}

/// Erases all stored data of a person permanently, as `knock erase` does. Earlier backups still contain it.
#[utoipa::path(post, path = "/api/v1/persons/erase", tag = "team", request_body = PersonAsk, responses(
    (status = 200, description = "The receipt", body = ErasureReceipt),
    (status = 404, description = "No data of this person"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
async fn erase(
    Allowed { caller, .. }: Allowed<ManagePersons>,
    State(state): State<AppState>,
    JsonBody(ask): JsonBody<PersonAsk>,
) -> Result<Json<ErasureReceipt>, Problem> {
    let receipt = state.core.erase_person(caller.actor(), whose(&ask)?).await?;
    receipt.map(Json).ok_or_else(|| unknown(&ask))
}

/// The person: by address or by contact, exactly one of the two.
fn whose(ask: &PersonAsk) -> Result<Whose, Problem> {
    let wrong = |pointer: &str, reason: String| Problem::invalid(FieldError { pointer: pointer.into(), reason });
    match (&ask.email, ask.contact) {
        (Some(email), None) => {
            Email::parse(email.trim()).map(Whose::Address).map_err(|error| wrong("/email", error.to_string()))
        }
        (None, Some(contact)) => Ok(Whose::Lead(contact)),
        (None, None) => Err(wrong("/email", "is missing: give the address, or the contact".into())),
        (Some(_), Some(_)) => Err(wrong("/contact", "stands beside an address: give one of the two".into())),
    }
}

fn unknown(ask: &PersonAsk) -> Problem {
    let title = match ask.contact {
        Some(_) => "There is no such contact",
        None => "Nothing is stored of anybody with this address",
    };
    Problem::new(StatusCode::NOT_FOUND, "not-found", title)
}
