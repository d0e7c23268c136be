//! `PUT` and `DELETE /api/v1/sites/{key}/look/logo` and `.../look/icon`: the pictures of a look.

use super::in_use;
use crate::http::auth::{Allowed, ManageSites};
use crate::http::body::{FileBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_context::NotKept;
use knock_engine::commands::SetLookPicture;
use knock_model::PictureId;
use knock_model::look::LookPicture;
use knock_ports::{Actor, LookImage};
use knock_wire::{FieldError, Look};

/// The largest logo, in pixels.
const LOGO: (u32, u32) = (512, 256);
/// The largest icon.
const ICON: (u32, u32) = (128, 128);

/// Sets the logo: a PNG, JPEG, GIF or WebP of at most 5 MiB. It is kept within 512 x 256 pixels, with its transparency.
#[utoipa::path(put, path = "/api/v1/sites/{key}/look/logo", tag = "team",
    params(("key" = String, Path, description = "Key of the site")),
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses(
        (status = 200, description = "The look as it is now", body = Look),
        (status = 404, description = "Site not found or removed"),
        (status = 422, description = "No picture, or one that cannot be read"),
    ))]
pub(super) async fn put_logo(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
    body: FileBody,
) -> Result<Json<Look>, Problem> {
    set(state, caller.actor(), &key, LookPicture::Logo, Some(body)).await
}

/// Removes the logo.
#[utoipa::path(delete, path = "/api/v1/sites/{key}/look/logo", tag = "team",
    params(("key" = String, Path, description = "Key of the site")),
    responses(
        (status = 200, description = "The look as it is now", body = Look),
        (status = 404, description = "Site not found or removed"),
    ))]
pub(super) async fn delete_logo(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<Json<Look>, Problem> {
    set(state, caller.actor(), &key, LookPicture::Logo, None).await
}

/// Sets the launcher's own picture, as the logo is set. It is kept within 128 x 128 pixels.
#[utoipa::path(put, path = "/api/v1/sites/{key}/look/icon", tag = "team",
    params(("key" = String, Path, description = "Key of the site")),
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses(
        (status = 200, description = "The look as it is now", body = Look),
        (status = 404, description = "Site not found or removed"),
        (status = 422, description = "No picture, or one that cannot be read"),
    ))]
pub(super) async fn put_icon(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
    body: FileBody,
) -> Result<Json<Look>, Problem> {
    set(state, caller.actor(), &key, LookPicture::Icon, Some(body)).await
}

/// Removes the launcher's own picture.
#[utoipa::path(delete, path = "/api/v1/sites/{key}/look/icon", tag = "team",
    params(("key" = String, Path, description = "Key of the site")),
    responses(
        (status = 200, description = "The look as it is now", body = Look),
        (status = 404, description = "Site not found or removed"),
    ))]
pub(super) async fn delete_icon(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<Json<Look>, Problem> {
    set(state, caller.actor(), &key, LookPicture::Icon, None).await
}

/// Stores the picture of a body; none removes it.
async fn set(
    state: AppState,
    actor: Actor,
    key: &str,
    kind: LookPicture,
    body: Option<FileBody>,
) -> Result<Json<Look>, Problem> {
    let site = state.sites.in_use(key).ok_or_else(Problem::not_found)?.id;
    let picture = match body {
        Some(body) => Some((PictureId::new(state.core.chance.bytes16()), kept(&state, kind, body).await?)),
        None => None,
    };
    let change = SetLookPicture { site, kind, picture, now: state.core.clock.now() };
    let changed = state.core.make(actor, change).await?;
    in_use(state, changed).await
}

/// The picture of a body, as it is kept.
async fn kept(state: &AppState, kind: LookPicture, FileBody(body, _held): FileBody) -> Result<LookImage, Problem> {
    let within = match kind {
        LookPicture::Logo => LOGO,
        LookPicture::Icon => ICON,
    };
    let made = knock_context::look_picture(&state.core, &state.uploads.inspections, &body, within).await;
    made.map_err(|not_kept| match not_kept {
        NotKept::Busy => Problem::unavailable("Too many files are being read", 5),
        NotKept::Unusable(reason) => {
            Problem::invalid(FieldError { pointer: String::new(), reason: reason.to_string() })
        }
        NotKept::Store(error) => error.into(),
    })
}
