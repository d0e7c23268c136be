//! Errors of a case, before its kind is known.

/// A case that cannot be answered.
pub(crate) struct Refused {
    /// The field at fault.
    pub(crate) field: String,
    /// What is wrong with it and what was expected.
    pub(crate) reason: String,
}
