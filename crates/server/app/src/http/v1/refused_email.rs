//! Why an e-mail address that a visitor gives is not taken.

use crate::http::problem::Problem;
use axum::http::StatusCode;
use knock_model::Email;
use knock_wire::FieldError;

/// The address belongs to a program, such as `noreply@`.
pub(super) fn unread(pointer: &str) -> Problem {
    let reason = "is read by no person: mail to it never arrives. Give another one".to_owned();
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}

/// The address looks mistyped: nothing is recorded before its visitor says which one is right.
pub(super) fn mistyped(pointer: &str, meant: &Email) -> Problem {
    let reason = format!("looks mistyped: was {} meant? If it is right, send `email_is_right`", meant.as_str());
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "did-you-mean", "The address looks mistyped")
        .field(FieldError { pointer: pointer.into(), reason })
        .suggestion(meant.to_text())
}
