//! Errors on the wire: problem documents (RFC 9457), from one exhaustive match each.

use crate::passwords::Busy;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use knock_engine::CommitError;
use knock_ingest::Refusal;
use knock_ports::StoreError;
use knock_wire::FieldError;

/// The type of the problem that an answer is, for the log.
#[derive(Clone)]
pub(super) struct ProblemKind(pub(super) String);

/// A problem document on its way out.
#[derive(Debug)]
pub(crate) struct Problem {
    /// Boxed, since most answers are none.
    document: Box<knock_wire::Problem>,
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem of a kind; `kind` is the stable end of its type.
    pub(crate) fn new(code: StatusCode, kind: &str, title: &str) -> Problem {
        let document = knock_wire::Problem {
            kind: format!("urn:knock:problem:{kind}"),
            title: title.to_owned(),
            status_code: code.as_u16(),
            ..knock_wire::Problem::default()
        };
        Problem { document: Box::new(document), retry_after: None }
    }

    /// With what happened this time.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Problem {
        self.document.detail = detail.into();
        self
    }

    /// With a field that is wrong.
    pub(crate) fn field(mut self, field: FieldError) -> Problem {
        if self.document.detail.is_empty() {
            let place = if field.pointer.is_empty() { "the body" } else { &field.pointer };
            self.document.detail = format!("{place}: {}", field.reason);
        }
        self.document.errors.push(field);
        self
    }

    /// With the value that is probably meant for the field.
    pub(crate) fn suggestion(mut self, meant: impl Into<String>) -> Problem {
        self.document.suggestion = meant.into();
        self
    }

    /// With seconds after which to ask again.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Problem {
        self.retry_after = Some(seconds);
        self
    }

    /// The document itself, for an answer that holds more.
    pub(crate) fn into_document(self) -> knock_wire::Problem {
        *self.document
    }

    pub(crate) fn malformed(field: FieldError) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "malformed", "The request is not of the expected shape").field(field)
    }

    pub(crate) fn invalid(field: FieldError) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "A field is wrong").field(field)
    }

    pub(crate) fn too_large(field: FieldError) -> Problem {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large").field(field)
    }

    /// A body that is larger than it may be.
    pub(crate) fn too_many_bytes(limit: usize) -> Problem {
        Problem::too_large(FieldError { pointer: String::new(), reason: format!("holds more than {limit} bytes") })
    }

    /// A file that is larger than it may be.
    pub(crate) fn too_large_a_file(most: usize) -> Problem {
        Problem::too_large(FieldError {
            pointer: "/file".into(),
            reason: format!("holds more than {} MiB", most >> 20),
        })
    }

    pub(crate) fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not-found", "There is nothing here")
    }

    pub(crate) fn unauthorized() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "signed-out", "Sign in or send an API key")
    }

    pub(crate) fn forbidden(field: FieldError) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "forbidden", "This may not be done from here").field(field)
    }

    /// The site was removed: nothing is taken for it, today or later.
    pub(crate) fn removed(field: FieldError) -> Problem {
        Problem::new(StatusCode::GONE, "removed", "This site is no longer in use").field(field)
    }

    pub(crate) fn not_permitted(field: FieldError) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "not-permitted", "Your role may not do this").field(field)
    }

    /// Enough of one site waits already; others are served.
    pub(crate) fn no_share() -> Problem {
        Problem::unavailable("Too much of this site is waiting", 1)
    }

    /// The database takes as much as it may.
    pub(crate) fn no_storage() -> Problem {
        Problem::unavailable("The storage is full", 30)
    }

    /// The files of visitors take as much as they may.
    pub(crate) fn no_room_for_files() -> Problem {
        Problem::new(StatusCode::INSUFFICIENT_STORAGE, "no-room", "No more files are taken here")
            .field(FieldError { pointer: "/file".into(), reason: "does not fit into the room for files".into() })
    }

    /// The bodies of others hold the memory that there is for them.
    pub(crate) fn no_memory() -> Problem {
        Problem::unavailable("Too many bodies are coming in at once", 1)
    }

    pub(crate) fn internal() -> Problem {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed; its log says why")
    }

    pub(crate) fn unavailable(detail: &str, seconds: u64) -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "The server cannot do this now")
            .detail(detail)
            .retry_after(seconds)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let field = refusal.field().clone();
        match refusal {
            Refusal::Malformed(_) => Problem::malformed(field),
            Refusal::TooMany(_) => Problem::too_large(field),
            Refusal::Forbidden(_) | Refusal::Foreign { .. } => Problem::forbidden(field),
            Refusal::Removed(_) => Problem::removed(field),
        }
    }
}

impl From<Busy> for Problem {
    fn from(_: Busy) -> Problem {
        Problem::unavailable("Too many passwords are being checked", 2)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        tracing::warn!(%error, "a request met a failing store");
        match error {
            StoreError::Full => Problem::unavailable("The disk is full", 30),
            StoreError::ReadOnly(_) => Problem::unavailable("The disk cannot be written", 30),
            StoreError::Busy => Problem::unavailable("The store is busy", 1),
            StoreError::Unsynced(_) => Problem::unavailable("The disk failed; the server is stopping", 30),
            StoreError::Damaged(_) | StoreError::Broken(_) => Problem::internal(),
        }
    }
}

impl From<CommitError> for Problem {
    fn from(error: CommitError) -> Problem {
        match error {
            CommitError::Overloaded => Problem::unavailable("Too much is coming in at once", 1),
            CommitError::Stopping => Problem::unavailable("The server is stopping", 2),
            CommitError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let code = StatusCode::from_u16(self.document.status_code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self.document).unwrap_or_default();
        let mut response = (code, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        response.extensions_mut().insert(ProblemKind(self.document.kind));
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
