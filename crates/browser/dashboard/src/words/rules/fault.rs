//! What is missing in the draft of a rule, and where.

/// The key of a rule's name.
pub(crate) const NAME: usize = 1;
/// The key of the Fallback Segment.
pub(crate) const FALLBACK: usize = 2;

/// A missing input, without which the rule cannot be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The position: the number of a comparison or segment, `NAME` or `FALLBACK`.
    pub(crate) at: usize,
    /// The reason.
    pub(crate) reason: String,
}
