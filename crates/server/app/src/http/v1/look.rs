//! `GET /v1/look`: the look of a site for its pages, and the pictures in it.

use super::chat::site_of_link;
use super::site::{named, site_for};
use crate::http::admission::ClientAddress;
use crate::http::body::{Path, Query};
use crate::http::look::shown;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use knock_model::{Millis, PictureId};
use knock_wire::{FieldError, ShownLook};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The longest time for which a page keeps a look, in seconds.
const KEPT: i64 = 60;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct LookQuery {
    /// The key of the site; one of `site` and `link`.
    site: Option<String>,
    /// The slug of a Knock Link, for the look of its site.
    link: Option<String>,
    /// The language, such as `de-AT`; the first that the site offers without it, or if the site does not offer it.
    #[serde(default)]
    lang: String,
    /// The visitor's time zone, such as `America/Vancouver`, in which the hours are; that of the team without it.
    #[serde(default)]
    tz: String,
}

/// How the launcher, the chat and the pages of a site look. A site whose look was never changed answers the defaults.
#[utoipa::path(get, path = "/v1/look", tag = "visitor", params(LookQuery), responses(
    (status = 200, description = "The look", body = ShownLook),
    (status = 304, description = "The look has not changed since the `ETag` of `If-None-Match`"),
    (status = 400, description = "Neither or both of `site` and `link`"),
    (status = 403, description = "Unknown site key or foreign origin"),
    (status = 404, description = "Link not found"),
    (status = 410, description = "The site was removed"),
    (status = 429, description = "Too many requests; retry after `Retry-After`"),
))]
pub(super) async fn get(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    Query(query): Query<LookQuery>,
) -> Result<Response, Problem> {
    state.limiter.look(from)?;
    let origin = named(&state, headers.clone());
    let site = match (query.site, query.link) {
        (Some(key), None) => site_for(&state, &origin, &key)?,
        (None, Some(slug)) => site_of_link(&state, &origin, &slug).await?,
        (Some(_), Some(_)) | (None, None) => {
            let reason = "give either `site` or `link`".to_owned();
            return Err(Problem::malformed(FieldError { pointer: "query/site".into(), reason }));
        }
    };
    let look = shown(&state, &site, &query.lang, &query.tz).await?;
    answer(&look, state.core.clock.now(), headers.get(header::IF_NONE_MATCH))
}

/// The look, or nothing if the page has it. It is kept no longer than until the launcher appears or goes.
fn answer(look: &ShownLook, now: Millis, known: Option<&HeaderValue>) -> Result<Response, Problem> {
    let body = serde_json::to_vec(look).map_err(|_| Problem::internal())?;
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&body)[..16]));
    let left = look.launcher.changes_at.map_or(KEPT, |at| ((at - now).0 / 1_000).clamp(0, KEPT));
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, format!("public, max-age={left}")),
        (header::ETAG, tag.clone()),
    ];
    let is_known = known.and_then(|known| known.to_str().ok()).is_some_and(|known| known.contains(&tag));
    Ok(if is_known { (StatusCode::NOT_MODIFIED, headers).into_response() } else { (headers, body).into_response() })
}

/// The logo of a site, or the icon of its launcher. It never changes under its address.
#[utoipa::path(get, path = "/v1/look/pictures/{id}", tag = "visitor",
    params(("id" = String, Path, description = "Id of the picture, from its path in the look")),
    responses(
        (status = 200, description = "The picture", content_type = "image/png", body = Vec<u8>),
        (status = 404, description = "No picture of this server, or one that was replaced or removed"),
    ))]
pub(super) async fn picture(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let id = PictureId::parse(&id).map_err(|_| Problem::not_found())?;
    let image = read(state.core.store.clone(), move |view| view.look_picture(id)).await?;
    let image = image.ok_or_else(Problem::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, image.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        // Shown on pages of customers.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".to_owned()),
    ];
    Ok((headers, image.content))
}
