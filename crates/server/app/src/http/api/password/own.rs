//! `/api/v1/password`: setting, changing and removing the member's own password.

use super::{no_way_in, with_password};
use crate::http::auth::{Allowed, Caller, NoKey, UseSession};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use crate::passwords::refusal;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::ChangePassword;
use knock_ports::{Member, PasswordHash};
use knock_wire::{FieldError, PasswordDraft, PasswordRemoval, PasswordState, RawSecret};
use std::sync::Arc;

/// Whether the member has a password, and whether passwords are a sign-in method.
#[utoipa::path(get, path = "/api/v1/password", tag = "team", responses(
    (status = 200, description = "One's own password, without it", body = PasswordState),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
) -> Result<Json<PasswordState>, Problem> {
    let member = caller.need_sign_in()?;
    let is_set = stored(&state, member).await?.is_some();
    Ok(Json(PasswordState { is_set, signs_in: state.passwords.is_way_in() }))
}

/// Sets or changes the caller's own password; for a change, `current` is the previous one. All other sessions of the
/// member end, and so do sign-in links.
#[utoipa::path(put, path = "/api/v1/password", tag = "team", request_body = PasswordDraft, responses(
    (status = 204, description = "Set"),
    (status = 403, description = "An API key, or passwords do not sign in here"),
    (status = 409, description = "Changed by another request"),
    (status = 422, description = "Invalid field; `errors` names it"),
    (status = 429, description = "Too many attempts; retry after `Retry-After`"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
    JsonBody(PasswordDraft { current, password }): JsonBody<PasswordDraft>,
) -> Result<StatusCode, Problem> {
    let member = caller.need_sign_in()?;
    no_way_in(&state)?;
    if let Some(reason) = refusal(&password, &member.email) {
        return Err(wrong("/password", reason));
    }
    let before = checked(&state, member, current).await?;
    let after = state.passwords.hash(password, state.core.chance.bytes16()).await?;
    change(&state, &caller, member, before, Some(after)).await
}

/// Removes the caller's own password: from then on, sign-in is by a link. All other sessions of the member end.
#[utoipa::path(post, path = "/api/v1/password/remove", tag = "team", request_body = PasswordRemoval, responses(
    (status = 204, description = "Removed, if there was one"),
    (status = 403, description = "API keys are refused"),
    (status = 409, description = "Changed by another request"),
    (status = 422, description = "Invalid field; `errors` names it"),
    (status = 429, description = "Too many attempts; retry after `Retry-After`"),
))]
pub(super) async fn remove(
    Allowed { caller, .. }: Allowed<UseSession, NoKey>,
    State(state): State<AppState>,
    JsonBody(PasswordRemoval { current }): JsonBody<PasswordRemoval>,
) -> Result<StatusCode, Problem> {
    let member = caller.need_sign_in()?;
    let before = checked(&state, member, Some(current)).await?;
    change(&state, &caller, member, before, None).await
}

async fn stored(state: &AppState, member: &Member) -> Result<Option<PasswordHash>, Problem> {
    let member = member.clone();
    let found = read(Arc::clone(&state.core.store), move |view| with_password(view, Some(member))).await?;
    Ok(found.map(|(_, password)| password))
}

/// The stored password, if `current` matches it. A stolen session must not find it out by guessing.
async fn checked(
    state: &AppState,
    member: &Member,
    current: Option<RawSecret>,
) -> Result<Option<PasswordHash>, Problem> {
    let Some(before) = stored(state, member).await? else { return Ok(None) };
    let current = current.ok_or_else(|| wrong("/current", "is missing: give the password so far"))?;
    state.limiter.password(&member.email)?;
    if !state.passwords.is_right(current, Some(before.clone())).await? {
        return Err(wrong("/current", "is not your password"));
    }
    Ok(Some(before))
}

async fn change(
    state: &AppState,
    caller: &Caller,
    member: &Member,
    before: Option<PasswordHash>,
    after: Option<PasswordHash>,
) -> Result<StatusCode, Problem> {
    let (member, session, now) = (member.id, caller.secret, state.core.clock.now());
    let is_done = state.core.make(caller.actor(), ChangePassword { member, before, after, session, now }).await?;
    is_done.then_some(StatusCode::NO_CONTENT).ok_or_else(|| {
        Problem::new(StatusCode::CONFLICT, "changed-meanwhile", "Your password was changed elsewhere meanwhile")
    })
}

fn wrong(pointer: &str, reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}
