//! The reason for which a whole batch is refused.

use knock_model::SiteId;
use knock_wire::FieldError;

/// A refused batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not JSON, or not of the expected shape.
    Malformed(FieldError),
    TooMany(FieldError),
    /// The site does not exist.
    Forbidden(FieldError),
    Removed(FieldError),
    /// The origin may not send to the site.
    Foreign {
        /// The error of the origin.
        field: FieldError,
        site: SiteId,
        /// The number of signals in the batch.
        signals: u32,
    },
}

impl Refusal {
    /// Returns the field at fault with the reason.
    pub const fn field(&self) -> &FieldError {
        match self {
            Refusal::Malformed(field)
            | Refusal::TooMany(field)
            | Refusal::Forbidden(field)
            | Refusal::Removed(field)
            | Refusal::Foreign { field, .. } => field,
        }
    }

    /// Returns the same refusal with the number of signals in the batch.
    pub(crate) fn of(self, number: u32) -> Refusal {
        match self {
            Refusal::Foreign { field, site, signals: _ } => Refusal::Foreign { field, site, signals: number },
            other @ (Refusal::Malformed(_) | Refusal::TooMany(_) | Refusal::Forbidden(_) | Refusal::Removed(_)) => {
                other
            }
        }
    }
}

pub(crate) fn at(pointer: &str, reason: impl Into<String>) -> FieldError {
    FieldError { pointer: pointer.to_owned(), reason: reason.into() }
}
