//! `GET /v1/pictures/{id}`: the picture of a member, beside their messages.

use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use knock_model::PictureId;

/// The picture of a member. It never changes under its address.
#[utoipa::path(get, path = "/v1/pictures/{id}", tag = "visitor",
    params(("id" = String, Path, description = "Id of the picture, from the address in a message")),
    responses(
        (status = 200, description = "The picture", content_type = "image/jpeg", body = Vec<u8>),
        (status = 404, description = "No picture of this server, or one that was replaced or removed"),
    ))]
pub(super) async fn get(State(state): State<AppState>, Path(id): Path<String>) -> Result<impl IntoResponse, Problem> {
    let id = PictureId::parse(&id).map_err(|_| Problem::not_found())?;
    let content = read(state.core.store.clone(), move |view| view.picture(id)).await?.ok_or_else(Problem::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        // Shown on pages of customers.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, content))
}
