//! Other servers on the same database, and what they tell.

use crate::StoreError;

/// What other servers have told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Their words, in the order in which they were committed.
    pub told: Vec<String>,
    /// Whether something may have been missed before these.
    pub is_gap: bool,
}

/// Hears what other servers commit.
pub trait Neighbours: Send {
    /// Waits until there may be something, a second at most; what was told since the last time.
    ///
    /// # Errors
    /// When the database fails; nothing is lost by asking again.
    fn next(&mut self) -> Result<Heard, StoreError>;
}
