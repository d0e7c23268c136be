//! Errors of a case, before its kind is known.

/// A case that cannot be answered.
pub(crate) struct Refused {
    /// The field at fault.
    pub(crate) field: String,
    /// The error, and the expected value.
    pub(crate) reason: String,
}
