//! Reading what a request carries: JSON bodies and query strings, each error naming its field.

use super::problem::Problem;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use knock_wire::FieldError;
use serde::de::DeserializeOwned;

/// A JSON body.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<JsonBody<T>, Problem> {
        if media_type(request.headers()) != "application/json" {
            return Err(wrong_media_type("application/json"));
        }
        let body = read(Bytes::from_request(request, state).await)?;
        knock_ingest::located(&body).map(JsonBody).map_err(Problem::malformed)
    }
}

/// A JSON body that may call itself plain text: then browsers send it to another origin without asking first.
pub(crate) struct BeaconBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for BeaconBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<BeaconBody<T>, Problem> {
        beacon_type(request.headers())?;
        let body = read(Bytes::from_request(request, state).await)?;
        knock_ingest::located(&body).map(BeaconBody).map_err(Problem::malformed)
    }
}

/// Refuses what is neither JSON nor plain text.
pub(super) fn beacon_type(headers: &HeaderMap) -> Result<(), Problem> {
    match media_type(headers).as_str() {
        "text/plain" | "application/json" => Ok(()),
        _ => Err(wrong_media_type("text/plain or application/json")),
    }
}

/// A query string.
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

/// The body, or why there is none.
pub(super) fn read(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Problem> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(FieldError {
            pointer: String::new(),
            reason: format!("holds more than {} bytes", knock_ingest::MAX_BODY),
        }),
        _ => Problem::malformed(FieldError { pointer: String::new(), reason: "could not be read".into() }),
    })
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
