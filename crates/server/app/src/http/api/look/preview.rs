//! `POST /api/v1/sites/{key}/look/preview`: a draft of a look as pages would get it.

use super::checked::checked;
use crate::http::auth::{Allowed, ManageSites};
use crate::http::body::{JsonBody, Path, Query};
use crate::http::look::shown_as;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_wire::{Look, ShownLook};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PreviewQuery {
    /// The language, such as `de-AT`; the first that the draft offers without it, or if the draft does not offer it.
    #[serde(default)]
    lang: String,
    /// The time zone in which the hours are; that of the team without it.
    #[serde(default)]
    tz: String,
}

/// What pages would get if a draft of the look were saved. Nothing is changed; the pictures are those of the site.
#[utoipa::path(post, path = "/api/v1/sites/{key}/look/preview", tag = "team", request_body = Look,
    params(("key" = String, Path, description = "Key of the site"), PreviewQuery),
    responses(
        (status = 200, description = "The look as pages would get it", body = ShownLook),
        (status = 404, description = "Site not found or removed"),
        (status = 422, description = "Invalid field; `errors` names it"),
    ))]
pub(super) async fn post(
    _: Allowed<ManageSites>,
    State(state): State<AppState>,
    Path(key): Path<String>,
    Query(query): Query<PreviewQuery>,
    JsonBody(draft): JsonBody<Look>,
) -> Result<Json<ShownLook>, Problem> {
    let site = state.sites.in_use(&key).ok_or_else(Problem::not_found)?;
    let fields = read(state.core.store.clone(), |view| view.custom_fields()).await?;
    let stored = state.sites.look(site.id);
    let (logo, icon_picture) = (stored.logo.clone(), stored.icon_picture.clone());
    let draft = Look { logo, icon_picture, ..checked(draft, &fields)? };
    shown_as(&state, &site, Arc::new(draft), &query.lang, &query.tz).await.map(Json)
}
