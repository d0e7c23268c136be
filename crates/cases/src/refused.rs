//! What is wrong with a case, before it is known which one it is.

/// A case that cannot be answered.
pub(crate) struct Refused {
    /// The field at fault.
    pub(crate) field: String,
    /// What is wrong with it and what was expected.
    pub(crate) reason: String,
}
