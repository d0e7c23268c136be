//! Visits in the store: a gap in the numbers of a visit's signals is a signal that did not come.

use crate::StoreError;
use knock_model::{Millis, SessionId, SiteId, VisitorId};

/// Numbers above this are of no real visit, and count for nothing.
pub const LAST_NUMBER: u64 = 100_000;

/// The numbers of some signals of a visit that were just stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The visit.
    pub session: SessionId,
    /// The lowest.
    pub lowest: u64,
    /// The highest.
    pub highest: u64,
    /// How many different ones.
    pub count: u64,
}

/// What a site's visits tell of signals that did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// The site.
    pub site: SiteId,
    /// How many signals the browsers numbered, as far as is known.
    pub numbered: u64,
    /// How many of them are not here.
    pub missing: u64,
}

/// Writing visits.
pub trait VisitLedger {
    /// Adds numbers that follow all known ones of their visit; false, and nothing done, when they do not.
    ///
    /// # Errors
    /// When the database fails.
    fn extend_visit(&mut self, site: SiteId, visitor: VisitorId, numbers: Numbers) -> Result<bool, StoreError>;

    /// Counts the numbers of one visit of a browser anew, or of all its visits.
    ///
    /// # Errors
    /// When the database fails.
    fn recount_visits(&mut self, site: SiteId, visitor: VisitorId, only: Option<SessionId>) -> Result<(), StoreError>;
}

/// Reading visits.
pub trait VisitView {
    /// What is missing of the visits that began at an instant or later, for each site that has any.
    ///
    /// # Errors
    /// When the database fails.
    fn gaps(&self, since: Millis) -> Result<Vec<Gaps>, StoreError>;
}
