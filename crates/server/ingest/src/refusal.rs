//! Why a whole batch is refused.

use knock_wire::FieldError;

/// A batch that is not taken at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not JSON, or not of the shape.
    Malformed(FieldError),
    /// Too many signals.
    TooMany(FieldError),
    /// The site does not exist, or may not be sent to from there.
    Forbidden(FieldError),
}

impl Refusal {
    /// The field at fault and what is wrong with it.
    pub const fn field(&self) -> &FieldError {
        match self {
            Refusal::Malformed(field) | Refusal::TooMany(field) | Refusal::Forbidden(field) => field,
        }
    }
}

/// A field that is wrong.
pub(crate) fn at(pointer: &str, reason: impl Into<String>) -> FieldError {
    FieldError { pointer: pointer.to_owned(), reason: reason.into() }
}
