//! `/api/v1/settings/enrichment`: the provider of data about companies and persons.

mod checked;

use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use checked::checked;
use knock_engine::commands::{DropEnrichmentProvider, SaveEnrichmentProvider};
use knock_engine::enrichable_domain;
use knock_enrich::{Answer, Failure, Mapped};
use knock_model::Email;
use knock_ports::{EnrichmentProvider, FieldMapping, StoreError, View};
use knock_wire::{
    EnrichmentDraft, EnrichmentMapping, EnrichmentSettings, EnrichmentTest, EnrichmentTested, EnrichmentTestedField,
    FieldError,
};
use std::sync::Arc;

pub(super) fn routes() -> Routes {
    Routes::new().routes(routes!(get, put, delete)).routes(routes!(test))
}

/// The settings of enrichment, and the state of the provider.
#[utoipa::path(get, path = "/api/v1/settings/enrichment", tag = "team", responses(
    (status = 200, description = "The provider as it is set up", body = EnrichmentSettings),
))]
async fn get(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<Json<EnrichmentSettings>, Problem> {
    read(Arc::clone(&state.core.store), shown).await.map(Json)
}

/// Sets up the provider, or changes its requests. No request is sent before the next lead, or a test.
#[utoipa::path(put, path = "/api/v1/settings/enrichment", tag = "team", request_body = EnrichmentDraft, responses(
    (status = 200, description = "The provider as it is set up now", body = EnrichmentSettings),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
async fn put(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<EnrichmentDraft>,
) -> Result<Json<EnrichmentSettings>, Problem> {
    let known = read(Arc::clone(&state.core.store), |view| view.enrichment_provider()).await?;
    let provider = checked(&state, &draft, known.as_ref()).map_err(Problem::invalid)?;
    state.core.make(caller.actor(), SaveEnrichmentProvider { provider }).await?;
    state.lead_data.enricher.forget();
    read(Arc::clone(&state.core.store), shown).await.map(Json)
}

/// Removes the provider with its key. Its data remains on the records; rules no longer use it.
#[utoipa::path(delete, path = "/api/v1/settings/enrichment", tag = "team", responses(
    (status = 204, description = "Removed"),
    (status = 404, description = "Not set up"),
))]
async fn delete(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<StatusCode, Problem> {
    let was_there = state.core.make(caller.actor(), DropEnrichmentProvider).await?;
    was_there.then_some(StatusCode::NO_CONTENT).ok_or_else(Problem::not_found)
}

/// Sends the provider a request about an address now, and returns each field's value. None of it is stored.
#[utoipa::path(post, path = "/api/v1/settings/enrichment/test", tag = "team", request_body = EnrichmentTest, responses(
    (status = 200, description = "Answer of the provider, or why it cannot be used", body = EnrichmentTested),
    (status = 404, description = "No provider is set up"),
    (status = 422, description = "Not an address that is ever sent to a provider"),
))]
async fn test(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(EnrichmentTest { email }): JsonBody<EnrichmentTest>,
) -> Result<Json<EnrichmentTested>, Problem> {
    let wrong = |reason: String| Problem::invalid(FieldError { pointer: "/email".into(), reason });
    let email = Email::parse(&email).map_err(|error| wrong(error.to_string()))?;
    let never = "is of a free or throw-away provider of mail, or made up: such addresses are never sent";
    let domain = enrichable_domain(&email).ok_or_else(|| wrong(never.to_owned()))?;
    let provider = read(Arc::clone(&state.core.store), |view| view.enrichment_provider()).await?;
    let provider = provider.ok_or_else(Problem::not_found)?;
    Ok(Json(tested(state.lead_data.enricher.test(&provider, &email, domain).await)))
}

fn tested(answered: Result<Answer, Failure>) -> EnrichmentTested {
    match answered {
        Ok(Answer { code, fields }) => EnrichmentTested {
            code: Some(code),
            problem: String::new(),
            fields: fields.into_iter().map(tested_field).collect(),
        },
        Err(Failure { code, text, .. }) => EnrichmentTested { code, problem: text, fields: Vec::new() },
    }
}

fn tested_field(Mapped { field, value }: Mapped) -> EnrichmentTestedField {
    let (value, problem) = match value {
        Ok(value) => (serde_json::to_value(value).unwrap_or_default(), String::new()),
        Err(problem) => (serde_json::Value::Null, problem),
    };
    EnrichmentTestedField { field: field.into(), value, problem }
}

fn shown(view: &dyn View) -> Result<EnrichmentSettings, StoreError> {
    let Some(provider) = view.enrichment_provider()? else { return Ok(EnrichmentSettings::default()) };
    let (problem, problem_since) = match view.enrichment_problem()? {
        Some(known) => (known.text, Some(known.since)),
        None => (String::new(), None),
    };
    let EnrichmentProvider { name, url, header, secret, fields, keep_days, is_on } = provider;
    let mapping = |FieldMapping { field, pointer }| EnrichmentMapping { field, pointer };
    Ok(EnrichmentSettings {
        is_set_up: true,
        is_on,
        name,
        url,
        header,
        has_secret: !secret.is_empty(),
        fields: fields.into_iter().map(mapping).collect(),
        keep_days,
        problem,
        problem_since,
    })
}
