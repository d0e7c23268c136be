//! Refuses requests without one clear `Host` (RFC 9112, 3.2).

use crate::http::problem::Problem;
use axum::extract::Request;
use axum::http::{Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use knock_wire::FieldError;

/// Answers 400 if `Host` is missing or given twice. HTTP/1.0 may omit it, and HTTP/2 gives it as `:authority`.
pub(in crate::http) async fn require_host(request: Request, next: Next) -> Response {
    match checked(&request) {
        Ok(()) => next.run(request).await,
        Err(reason) => {
            let pointer = "header/Host".into();
            Problem::malformed(FieldError { pointer, reason: reason.into() }).into_response()
        }
    }
}

fn checked(request: &Request) -> Result<(), &'static str> {
    let number = request.headers().get_all(header::HOST).iter().count();
    let may_be_missing = request.version() == Version::HTTP_10 || request.uri().authority().is_some();
    match number {
        0 if !may_be_missing => Err("is missing"),
        0 | 1 => Ok(()),
        _ => Err("is given more than once"),
    }
}
