//! Parsing of requests: JSON bodies, paths and query strings, each error naming its field.

use super::problem::Problem;
use super::state::AppState;
use crate::http::admission::{Held, MAX_FILE_BODY, MAX_MAIL_BODY};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use knock_ingest::MAX_BODY;
use knock_wire::FieldError;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::time::Duration;

/// The time limit of a mail as a multiple of that of another body.
const MAIL_PATIENCE: u32 = 8;

/// All bytes of a body, received in time, with the memory they hold.
pub(crate) struct WholeBody(pub(crate) Bytes, pub(crate) Held);

/// The bytes of a body with a file, which may be larger.
pub(crate) struct FileBody(pub(crate) Bytes, pub(crate) Held);

/// The bytes of a body with a mail and its attachments, which may be larger still and take longer.
pub(crate) struct MailBody(pub(crate) Bytes, pub(crate) Held);

impl FromRequest<AppState> for MailBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<MailBody, Problem> {
        let time = state.limits.body_timeout_ms.duration() * MAIL_PATIENCE;
        let WholeBody(bytes, held) = within(request, state, MAX_MAIL_BODY, time).await?;
        Ok(MailBody(bytes, held))
    }
}

impl FromRequest<AppState> for WholeBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<WholeBody, Problem> {
        within(request, state, MAX_BODY, state.limits.body_timeout_ms.duration()).await
    }
}

impl FromRequest<AppState> for FileBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<FileBody, Problem> {
        let WholeBody(bytes, held) =
            within(request, state, MAX_FILE_BODY, state.limits.body_timeout_ms.duration()).await?;
        Ok(FileBody(bytes, held))
    }
}

/// The body, if it arrives in time and within the limit.
async fn within(request: Request, state: &AppState, limit: usize, time: Duration) -> Result<WholeBody, Problem> {
    let body = tokio::time::timeout(time, read(request.into_body(), state.body_memory.hold(), limit)).await;
    body.map_err(|_| {
        Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", "The request took too long")
            .detail(format!("the body did not come within {} ms", time.as_millis()))
    })?
}

pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<AppState> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<JsonBody<T>, Problem> {
        if media_type(request.headers()) != "application/json" {
            return Err(wrong_media_type("application/json"));
        }
        let WholeBody(body, _held) = WholeBody::from_request(request, state).await?;
        knock_ingest::located(&body).map(JsonBody).map_err(Problem::malformed)
    }
}

/// A JSON body that may be declared as plain text: then browsers send it to another origin without a preflight.
pub(crate) struct BeaconBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<AppState> for BeaconBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<BeaconBody<T>, Problem> {
        beacon_type(request.headers())?;
        let WholeBody(body, _held) = WholeBody::from_request(request, state).await?;
        knock_ingest::located(&body).map(BeaconBody).map_err(Problem::malformed)
    }
}

/// Refuses media types other than JSON and plain text.
pub(super) fn beacon_type(headers: &HeaderMap) -> Result<(), Problem> {
    match media_type(headers).as_str() {
        "text/plain" | "application/json" => Ok(()),
        _ => Err(wrong_media_type("text/plain or application/json")),
    }
}

/// The parameters of a path.
pub(crate) struct Path<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Problem> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Path(path)).map_err(|rejection| {
            Problem::malformed(FieldError { pointer: "path".into(), reason: rejection.body_text() })
        })
    }
}

pub(crate) struct Query<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Query<T>, Problem> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query.map(|axum::extract::Query(query)| Query(query)).map_err(|rejection| {
            Problem::malformed(FieldError { pointer: "query".into(), reason: rejection.body_text() })
        })
    }
}

/// The body, or the reason why there is none. Bytes are counted as they arrive: a declared length may be false.
async fn read(body: Body, mut held: Held, limit: usize) -> Result<WholeBody, Problem> {
    let mut body = Limited::new(body, limit);
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| unreadable(&*error, limit))?;
        // Frames without data are trailers, which are not used.
        let Ok(data) = frame.into_data() else { continue };
        if !held.take(data.len()) {
            metrics::counter!("knock_bodies_refused_total").increment(1);
            return Err(Problem::no_memory());
        }
        bytes.extend_from_slice(&data);
    }
    Ok(WholeBody(bytes.into(), held))
}

fn unreadable(error: &(dyn Error + 'static), limit: usize) -> Problem {
    if is_of_length(error) {
        return Problem::too_many_bytes(limit);
    }
    Problem::malformed(FieldError { pointer: String::new(), reason: "could not be read".into() })
}

/// Whether a body was too long, as received or after inflation.
pub(super) fn is_of_length(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<LengthLimitError>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// The media type without its parameters, in lower case.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

pub(super) fn wrong_media_type(expected: &str) -> Problem {
    let reason = format!("expected {expected}");
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", "The body is of another type")
        .field(FieldError { pointer: "header/Content-Type".into(), reason })
}
