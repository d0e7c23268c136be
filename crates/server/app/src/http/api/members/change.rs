//! `/api/v1/members/{id}`: a member's role, and their removal.

use super::profile::profile_of;
use super::{changed, of_member, parse, shown};
use crate::http::auth::{Allowed, ManageTeam};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_calendar_sync::Ending;
use knock_engine::commands::{ChangeRole, RemoveMember};
use knock_model::{MemberState, RepId};
use knock_wire::{FieldError, Member, MemberChange, ProfileDraft};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Changes the role, the name or the title of a member; a role applies from their next request on.
#[utoipa::path(patch, path = "/api/v1/members/{id}", tag = "team", request_body = MemberChange,
    params(("id" = String, Path, description = "Id of the member")),
    responses(
        (status = 200, description = "The member as they are now", body = Member),
        (status = 404, description = "Member not found"),
        (status = 409, description = "The last admin keeps the role"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn patch(
    Allowed { caller, .. }: Allowed<ManageTeam>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    JsonBody(change): JsonBody<MemberChange>,
) -> Result<Json<Member>, Problem> {
    let (member, core) = (parse(&id)?, &state.core);
    let role = change.role.map(of_member).transpose()?;
    let found = read(core.store.clone(), move |view| view.member(member)).await?;
    let mut now = found.filter(|member| member.state != MemberState::Removed).ok_or_else(Problem::not_found)?;
    let is_named = change.name.is_some() || change.title.is_some();
    let profile = &now.profile;
    let (name, title) = (change.name.unwrap_or(profile.name.clone()), change.title.unwrap_or(profile.title.clone()));
    let named = is_named.then(|| profile_of(member, &ProfileDraft { name, title })).transpose()?;
    if let Some(role) = role {
        now = changed(core.make(caller.actor(), ChangeRole { member, role }).await?)?;
    }
    if let Some(profile) = named {
        now = changed(core.make(caller.actor(), profile).await?)?;
    }
    Ok(Json(shown(now)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Removal {
    /// The id of the member who gets their open chats, their meetings to come and their places in rules. Without it,
    /// chats are routed again, meetings go to free reps of their pools, and rules keep the others of each pool.
    successor: Option<String>,
}

/// Removes a member: their sessions and links end at once, and routing assigns nothing more to them. Their past actions
/// keep their name.
#[utoipa::path(delete, path = "/api/v1/members/{id}", tag = "team",
    params(("id" = String, Path, description = "Id of the member"), Removal),
    responses(
        (status = 204, description = "Removed"),
        (status = 404, description = "Member not found"),
        (status = 409, description = "The last admin cannot be removed"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn delete(
    Allowed { caller, .. }: Allowed<ManageTeam>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(Removal { successor }): Query<Removal>,
) -> Result<StatusCode, Problem> {
    let unknown = |_| Problem::invalid(FieldError { pointer: "query/successor".into(), reason: "is not an id".into() });
    let successor = successor.map(|id| RepId::parse(&id)).transpose().map_err(unknown)?;
    let (member, now) = (parse(&id)?, state.core.clock.now());
    let accounts = state.calendars.accounts.clone();
    let endings = read(Arc::clone(&state.core.store), move |view| {
        let calendars = view.calendars_of(member)?;
        calendars.iter().filter_map(|calendar| accounts.ending(view, calendar).transpose()).collect()
    });
    let endings: Vec<Ending> = endings.await?;
    changed(state.core.make(caller.actor(), RemoveMember { member, successor, now }).await?)?;
    state.calendars.accounts.end_all(endings).await;
    Ok(StatusCode::NO_CONTENT)
}
