//! Visits in the store: a gap in the numbers of a visit's signals is a signal that did not come.

use crate::StoreError;
use knock_model::{Millis, SessionId, SiteId, VisitorId};
use roaring::RoaringBitmap;

/// Numbers above this are of no real visit, and count for nothing.
pub const LAST_NUMBER: u32 = 100_000;

/// Which numbers of a visit's signals are here: all up to the highest, but the missing ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// The highest that came.
    pub highest: u32,
    /// Those below it that did not.
    pub missing: RoaringBitmap,
}

impl Numbers {
    /// Notes numbers that came, in whatever order and however often.
    pub fn add(&mut self, came: &RoaringBitmap) {
        let Some(highest) = came.max().filter(|highest| *highest <= LAST_NUMBER) else { return };
        if highest > self.highest {
            self.missing.insert_range(self.highest + 1..=highest);
            self.highest = highest;
        }
        self.missing -= came;
    }
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
    /// Notes that the numbers `from` to `to` of a visit came; false, and nothing done, when they do not go on
    /// where the visit's numbers end.
    ///
    /// # Errors
    /// When the database fails.
    fn extend_visit(
        &mut self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        from: u32,
        to: u32,
    ) -> Result<bool, StoreError>;

    /// The numbers of a visit.
    ///
    /// # Errors
    /// When the database fails.
    fn numbers(&mut self, site: SiteId, visitor: VisitorId, session: SessionId) -> Result<Numbers, StoreError>;

    /// Keeps the numbers of a visit.
    ///
    /// # Errors
    /// When the database fails.
    fn save_numbers(
        &mut self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        numbers: &Numbers,
    ) -> Result<(), StoreError>;

    /// Counts the numbers of all visits of a browser anew, from its signals.
    ///
    /// # Errors
    /// When the database fails.
    fn recount_visits(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError>;
}

/// Reading visits.
pub trait VisitView {
    /// What is missing of the visits that began at an instant or later, for each site that has any.
    ///
    /// # Errors
    /// When the database fails.
    fn gaps(&self, since: Millis) -> Result<Vec<Gaps>, StoreError>;
}
