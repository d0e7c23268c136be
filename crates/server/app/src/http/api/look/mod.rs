//! `/api/v1/sites/{key}/look`: how the chat and the public pages of a site look.

mod checked;
mod picture;
mod preview;
mod texts;

use crate::http::auth::{Allowed, ManageSites};
use crate::http::body::{JsonBody, Path};
use crate::http::look::all_words;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::routes::{Routes, routes};
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use checked::checked;
use knock_engine::commands::{ChangeLook, LookChanged};
use knock_wire::{Look, LookWords};

pub(super) fn routes() -> Routes {
    Routes::new()
        .routes(routes!(get, put))
        .routes(routes!(picture::put_logo, picture::delete_logo))
        .routes(routes!(picture::put_icon, picture::delete_icon))
        .routes(routes!(preview::post))
        .routes(routes!(words))
}

/// The look of a site; the default if it was never changed.
#[utoipa::path(get, path = "/api/v1/sites/{key}/look", tag = "team",
    params(("key" = String, Path, description = "Key of the site")),
    responses(
        (status = 200, description = "The look", body = Look),
        (status = 404, description = "Site not found or removed"),
    ))]
pub(super) async fn get(
    _: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
) -> Result<Json<Look>, Problem> {
    let site = state.sites.in_use(&key).ok_or_else(Problem::not_found)?;
    read(state.core.store.clone(), move |view| view.look(site.id)).await.map(Json)
}

/// Changes the look of a site, for pages that are loaded from then on. An absent field gets its default; the pictures stay.
#[utoipa::path(put, path = "/api/v1/sites/{key}/look", tag = "team", request_body = Look,
    params(("key" = String, Path, description = "Key of the site")),
    responses(
        (status = 200, description = "The look as it is now", body = Look),
        (status = 404, description = "Site not found or removed"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
    JsonBody(look): JsonBody<Look>,
) -> Result<Json<Look>, Problem> {
    let site = state.sites.in_use(&key).ok_or_else(Problem::not_found)?;
    let fields = read(state.core.store.clone(), |view| view.custom_fields()).await?;
    let look = checked(look, &fields)?;
    let change = ChangeLook { site: site.id, look, now: state.core.clock.now() };
    let changed = state.core.make(caller.actor(), change).await?;
    in_use(state, changed).await
}

/// The texts of the launcher, the chat, bookings and pages that a look can replace.
#[utoipa::path(get, path = "/api/v1/look/words", tag = "team", responses(
    (status = 200, description = "The texts with their keys", body = LookWords),
))]
pub(super) async fn words(_: Allowed<ManageSites>) -> Json<LookWords> {
    Json(LookWords { words: all_words() })
}

/// Applies a change to the looks in use before its response: pages that are loaded from then on have it.
async fn in_use(state: AppState, changed: LookChanged) -> Result<Json<Look>, Problem> {
    match changed {
        LookChanged::Done(look) => {
            read(state.core.store.clone(), move |_| state.sites.reload()).await?;
            Ok(Json(*look))
        }
        LookChanged::SiteRemoved => Err(Problem::not_found()),
    }
}
