//! `/api/v1/profile` and `/api/v1/members/{id}/picture`: name, title and picture of members.

use super::{changed, parse, shown};
use crate::http::auth::{Allowed, KeyOfMember, ManageTeam, UseSession};
use crate::http::body::{FileBody, JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_context::NotKept;
use knock_engine::commands::{SetPicture, SetProfile};
use knock_model::{Label, PictureId, RepId};
use knock_ports::{Actor, Member};
use knock_wire::{FieldError, Profile, ProfileDraft};

/// The longest name and title, in characters.
const MOST_CHARS: usize = 60;

/// The name, the title and the picture of the member.
#[utoipa::path(get, path = "/api/v1/profile", tag = "team", responses(
    (status = 200, description = "One's own profile", body = Profile),
    (status = 403, description = "API keys have no profile"),
))]
pub(super) async fn get(
    Allowed { caller, .. }: Allowed<UseSession, KeyOfMember>,
    State(state): State<AppState>,
) -> Result<Json<Profile>, Problem> {
    let member = caller.need_member()?.id;
    let found = read(state.core.store.clone(), move |view| view.member(member)).await?;
    found.map(profile).map(Json).ok_or_else(Problem::not_found)
}

/// Changes one's own name and title.
#[utoipa::path(put, path = "/api/v1/profile", tag = "team", request_body = ProfileDraft, responses(
    (status = 200, description = "The profile after the change", body = Profile),
    (status = 403, description = "API keys have no profile"),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<UseSession, KeyOfMember>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<ProfileDraft>,
) -> Result<Json<Profile>, Problem> {
    let change = profile_of(caller.need_member()?.id, &draft)?;
    changed(state.core.make(caller.actor(), change).await?).map(profile).map(Json)
}

/// Sets one's own picture: a PNG, JPEG, GIF or WebP of at most 5 MiB. Its middle is kept, as a square JPEG.
#[utoipa::path(put, path = "/api/v1/profile/picture", tag = "team",
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses(
        (status = 200, description = "The profile after the change", body = Profile),
        (status = 403, description = "API keys have no profile"),
        (status = 422, description = "No picture, or one that cannot be read"),
    ))]
pub(super) async fn put_picture(
    Allowed { caller, .. }: Allowed<UseSession, KeyOfMember>,
    State(state): State<AppState>,
    body: FileBody,
) -> Result<Json<Profile>, Problem> {
    let picture = Some(portrait(&state, body).await?);
    set(&state, caller.actor(), caller.need_member()?.id, picture).await.map(profile).map(Json)
}

/// Removes one's own picture.
#[utoipa::path(delete, path = "/api/v1/profile/picture", tag = "team", responses(
    (status = 200, description = "The profile after the change", body = Profile),
    (status = 403, description = "API keys have no profile"),
))]
pub(super) async fn delete_picture(
    Allowed { caller, .. }: Allowed<UseSession, KeyOfMember>,
    State(state): State<AppState>,
) -> Result<Json<Profile>, Problem> {
    set(&state, caller.actor(), caller.need_member()?.id, None).await.map(profile).map(Json)
}

/// Sets the picture of a member, as `PUT /api/v1/profile/picture` sets one's own.
#[utoipa::path(put, path = "/api/v1/members/{id}/picture", tag = "team",
    params(("id" = String, Path, description = "Id of the member")),
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses(
        (status = 200, description = "The member after the change", body = knock_wire::Member),
        (status = 404, description = "Member not found"),
        (status = 422, description = "No picture, or one that cannot be read"),
    ))]
pub(super) async fn put_picture_of(
    Allowed { caller, .. }: Allowed<ManageTeam>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    body: FileBody,
) -> Result<Json<knock_wire::Member>, Problem> {
    let member = parse(&id)?;
    let picture = Some(portrait(&state, body).await?);
    set(&state, caller.actor(), member, picture).await.map(shown).map(Json)
}

/// Removes the picture of a member.
#[utoipa::path(delete, path = "/api/v1/members/{id}/picture", tag = "team",
    params(("id" = String, Path, description = "Id of the member")),
    responses(
        (status = 200, description = "The member after the change", body = knock_wire::Member),
        (status = 404, description = "Member not found"),
    ))]
pub(super) async fn delete_picture_of(
    Allowed { caller, .. }: Allowed<ManageTeam>,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<knock_wire::Member>, Problem> {
    set(&state, caller.actor(), parse(&id)?, None).await.map(shown).map(Json)
}

async fn set(
    state: &AppState,
    actor: Actor,
    member: RepId,
    picture: Option<(PictureId, Vec<u8>)>,
) -> Result<Member, Problem> {
    changed(state.core.make(actor, SetPicture { member, picture, now: state.core.clock.now() }).await?)
}

/// The picture of a request, as it is kept.
async fn portrait(state: &AppState, FileBody(body, _held): FileBody) -> Result<(PictureId, Vec<u8>), Problem> {
    let made = knock_context::portrait(&state.core, &state.uploads.inspections, &body).await;
    let content = made.map_err(|not_kept| match not_kept {
        NotKept::Busy => Problem::unavailable("Too many files are being read", 5),
        NotKept::Unusable(reason) => {
            Problem::invalid(FieldError { pointer: String::new(), reason: reason.to_string() })
        }
        NotKept::Store(error) => error.into(),
    })?;
    Ok((PictureId::new(state.core.chance.bytes16()), content))
}

/// The change to a name and a title, if both can be shown.
pub(super) fn profile_of(member: RepId, draft: &ProfileDraft) -> Result<SetProfile, Problem> {
    let name = line(&draft.name, "/name")?;
    if name.contains('@') {
        let reason = "is an e-mail address, which visitors would read; expected a name".into();
        return Err(Problem::invalid(FieldError { pointer: "/name".into(), reason }));
    }
    Ok(SetProfile { member, name, title: line(&draft.title, "/title")? })
}

/// One line of text without control characters.
fn line(text: &str, pointer: &str) -> Result<String, Problem> {
    let line = Label::parse(text).to_string();
    if text.trim().chars().count() > MOST_CHARS {
        let reason = format!("has more than {MOST_CHARS} characters");
        return Err(Problem::invalid(FieldError { pointer: pointer.to_owned(), reason }));
    }
    Ok(line)
}

fn profile(member: Member) -> Profile {
    let knock_wire::Member { email, name, title, picture, .. } = shown(member);
    Profile { email, name, title, picture }
}
