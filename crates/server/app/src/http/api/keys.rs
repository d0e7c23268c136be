//! `/api/v1/keys`: API keys.

use crate::api_keys::{self, MAX_INTEGRATION, MAX_NAME};
use crate::http::auth::{Allowed, ManageTeam};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{KeyAuthor, RevokeApiKey};
use knock_model::{IntegrationId, Permission, Role};
use knock_ports::ApiKey;
use knock_wire::{ApiKeyAuthor, ApiKeyCreated, ApiKeyDraft, ApiKeyList, FieldError};

/// The API keys, the latest first, expired ones included; without their secrets.
#[utoipa::path(get, path = "/api/v1/keys", tag = "team", responses(
    (status = 200, description = "The keys", body = ApiKeyList),
))]
pub(super) async fn get(_: Allowed<ManageTeam>, State(state): State<AppState>) -> Result<Json<ApiKeyList>, Problem> {
    let now = state.core.clock.now();
    Ok(Json(read(state.core.store.clone(), move |view| api_keys::list(view, now)).await?))
}

/// Creates a key. Only the response shows it.
#[utoipa::path(post, path = "/api/v1/keys", tag = "team", request_body = ApiKeyDraft, responses(
    (status = 201, description = "Created", body = ApiKeyCreated),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageTeam>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<ApiKeyDraft>,
) -> Result<(StatusCode, Json<ApiKeyCreated>), Problem> {
    let wrong = |pointer: &str, reason: String| Problem::invalid(FieldError { pointer: pointer.into(), reason });
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(wrong("/name", format!("must have 1 to {MAX_NAME} characters, on one line")));
    }
    if draft.ends.is_some_and(|end| end <= state.core.clock.now()) {
        return Err(wrong("/ends", "has passed already".into()));
    }
    let fresh = IntegrationId::new(state.core.chance.bytes16());
    let author = author(draft.author, draft.role, fresh).map_err(|(pointer, reason)| wrong(pointer, reason))?;
    let (actor, created_by) = (caller.actor(), caller.who.member_id());
    let key = ApiKey { name, role: draft.role, author: None, created_by, ends_at: draft.ends };
    let made = api_keys::create(&state.core, actor, (key, author)).await?;
    let made = made.ok_or_else(|| wrong("/author/member", "is the id of no active member".into()))?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Who is to write with a key, or the wrong field with the reason.
fn author(draft: Option<ApiKeyAuthor>, role: Role, fresh: IntegrationId) -> Result<KeyAuthor, (&'static str, String)> {
    if draft.is_some() && !role.may(Permission::UseInbox) {
        return Err(("/role", format!("is `{}`, which writes nothing: leave out `author`", role.as_str())));
    }
    match draft {
        None => Ok(KeyAuthor::None),
        Some(ApiKeyAuthor::Member(member)) => Ok(KeyAuthor::Member(member)),
        Some(ApiKeyAuthor::Integration(name)) => match api_keys::integration_name(&name) {
            Some(name) => Ok(KeyAuthor::Integration { name, fresh }),
            None => Err(("/author/integration", format!("must have 1 to {MAX_INTEGRATION} characters, on one line"))),
        },
    }
}

/// Revokes a key: it is invalid at once.
#[utoipa::path(delete, path = "/api/v1/keys/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the key")),
    responses(
        (status = 204, description = "Revoked"),
        (status = 404, description = "Key not found"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<ManageTeam>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let wanted = id.clone();
    let hash = read(state.core.store.clone(), move |view| api_keys::find(view, &wanted)).await?;
    let hash = hash.ok_or_else(Problem::not_found)?;
    if !state.core.make(caller.actor(), RevokeApiKey { hash, id }).await? {
        return Err(Problem::not_found());
    }
    Ok(StatusCode::NO_CONTENT)
}
