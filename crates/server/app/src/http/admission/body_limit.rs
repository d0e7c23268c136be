//! Limits of request bodies, checked before and while they are read.

use super::uploads::Uploads;
use crate::http::problem::Problem;
use crate::serving::TwoLengths;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;
use knock_ingest::MAX_BODY;
use knock_wire::FieldError;
use std::sync::Arc;

/// The one address that accepts compressed bodies.
const COMPRESSED: &str = "/v1/signals";
/// The address that accepts files, beside those of chats and of pictures of members and looks.
const FILES: &str = "/api/v1/knowledge/files";
/// The most bytes of a body with a file: 5 MiB of content, and the multipart framing.
pub(in crate::http) const MAX_FILE_BODY: usize = (5 << 20) + (64 << 10);

/// The addresses that mail providers post mails to.
const MAILS: &str = "/hooks/mail/";
/// The most bytes of a body with a mail: one of 25 MiB, as a field of JSON or of a form.
pub(in crate::http) const MAX_MAIL_BODY: usize = 35 << 20;

/// Refuses bodies that state their length in two ways, declare a size that is too large, or have an unknown encoding.
pub(in crate::http) async fn limit_body(State(uploads): State<Arc<Uploads>>, request: Request, next: Next) -> Response {
    if request.extensions().get::<TwoLengths>().is_some() {
        metrics::counter!("knock_requests_ambiguous_total").increment(1);
        return two_lengths().into_response();
    }
    let limit = Limit::of(request.uri().path(), &uploads);
    if let Err(problem) = checked(request.headers(), request.uri().path(), limit) {
        return problem.into_response();
    }
    // Also limited before inflation: compressed bytes that inflate to none would never end.
    next.run(request.map(|body| Body::new(Limited::new(body, limit.bytes)))).await
}

/// The limit of a body.
#[derive(Clone, Copy)]
struct Limit {
    bytes: usize,
    /// The limit of a file in it.
    file: Option<usize>,
}

impl Limit {
    fn of(path: &str, uploads: &Uploads) -> Limit {
        let is_of_chat = path.starts_with("/v1/chat/") || path.starts_with("/api/v1/conversations/");
        if is_of_chat && path.ends_with("/files") {
            return Limit { bytes: uploads.most_of_body(), file: Some(uploads.most) };
        }
        if path.starts_with(MAILS) {
            return Limit { bytes: MAX_MAIL_BODY, file: None };
        }
        let is_picture = ["/picture", "/look/logo", "/look/icon"].iter().any(|end| path.ends_with(end));
        let is_file = path == FILES || (path.starts_with("/api/v1/") && is_picture);
        Limit { bytes: if is_file { MAX_FILE_BODY } else { MAX_BODY }, file: None }
    }

    fn refused(self) -> Problem {
        self.file.map_or_else(|| Problem::too_many_bytes(self.bytes), Problem::too_large_a_file)
    }
}

fn checked(headers: &HeaderMap, path: &str, limit: Limit) -> Result<(), Problem> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > limit.bytes as u64) {
        return Err(limit.refused());
    }
    let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    let is_known = match (encodings.next().map(|encoding| encoding.as_bytes()), encodings.next()) {
        (None, _) | (Some(b"identity"), None) => true,
        (Some(b"gzip" | b"deflate" | b"br" | b"zstd"), None) => path == COMPRESSED,
        (Some(_), _) => false,
    };
    if is_known { Ok(()) } else { Err(unknown_encoding(path)) }
}

fn two_lengths() -> Problem {
    let reason = "is ambiguous: Transfer-Encoding is given too".into();
    Problem::malformed(FieldError { pointer: "header/Content-Length".into(), reason })
}

fn unknown_encoding(path: &str) -> Problem {
    let reason = if path == COMPRESSED { "expected one of gzip, deflate, br, zstd" } else { "expected none" };
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "encoding", "The body is compressed in another way")
        .field(FieldError { pointer: "header/Content-Encoding".into(), reason: reason.into() })
}
