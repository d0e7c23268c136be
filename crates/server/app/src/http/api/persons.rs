//! `/api/v1/persons` and `/api/v1/privacy`: what is stored of a person, and what is kept for how long.

use crate::http::auth::{Allowed, ManagePersons};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::KEPT_DELIVERIES;
use knock_model::{Email, Millis};
use knock_wire::{ErasureReceipt, FieldError, PersonAsk, Privacy};
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(privacy)).routes(routes!(export)).routes(routes!(erase))
}

/// What is kept for how long, as the configuration says.
#[utoipa::path(get, path = "/api/v1/privacy", tag = "team", responses(
    (status = 200, description = "The retention in force", body = Privacy),
))]
async fn privacy(_: Allowed<ManagePersons>, State(state): State<AppState>) -> Json<Privacy> {
    let days = |span: Millis| u32::try_from(span.0 / Millis::DAY.0).unwrap_or(u32::MAX);
    Json(Privacy { signals_days: state.retention.keep.map(days), deliveries_days: days(KEPT_DELIVERIES) })
}

/// All that is stored of a person, as `knock export` prints it.
#[utoipa::path(post, path = "/api/v1/persons/export", tag = "team", request_body = PersonAsk, responses(
    (status = 200, description = "The person as a document", body = Object,
        example = json!({"format": 1, "exported_at": 1_795_163_907_123_i64, "person": {}, "signals": []})),
    (status = 404, description = "Nothing is stored of anybody with this address"),
    (status = 422, description = "A field is wrong"),
))]
async fn export(
    Allowed { caller, .. }: Allowed<ManagePersons>,
    State(state): State<AppState>,
    JsonBody(PersonAsk { email }): JsonBody<PersonAsk>,
) -> Result<Json<Value>, Problem> {
    let found = state.core.export_person(caller.actor(), parsed(&email)?).await?;
    found.map(Json).ok_or_else(unknown)
}

/// Erases all that is stored of a person, as `knock erase` does, for good. Backups made before still hold them.
#[utoipa::path(post, path = "/api/v1/persons/erase", tag = "team", request_body = PersonAsk, responses(
    (status = 200, description = "The receipt", body = ErasureReceipt),
    (status = 404, description = "Nothing is stored of anybody with this address"),
    (status = 422, description = "A field is wrong"),
))]
async fn erase(
    Allowed { caller, .. }: Allowed<ManagePersons>,
    State(state): State<AppState>,
    JsonBody(PersonAsk { email }): JsonBody<PersonAsk>,
) -> Result<Json<ErasureReceipt>, Problem> {
    let receipt = state.core.erase_person(caller.actor(), parsed(&email)?).await?;
    receipt.map(Json).ok_or_else(unknown)
}

fn parsed(email: &str) -> Result<Email, Problem> {
    let wrong = |reason: String| Problem::invalid(FieldError { pointer: "/email".into(), reason });
    Email::parse(email.trim()).map_err(|error| wrong(error.to_string()))
}

fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not-found", "Nothing is stored of anybody with this address")
}
