//! Sessions in the store: a gap in the numbers of a session's signals is a signal that did not come.

use crate::StoreError;
use knock_model::{Millis, SessionId, SiteId, VisitorId};
use roaring::RoaringBitmap;

/// Numbers above this are of no real session, and count for nothing.
pub const LAST_NUMBER: u32 = 100_000;

/// A session by the numbers of its signals: all up to the highest are here, but the missing ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionSequence {
    /// The highest number that came.
    pub highest: u32,
    /// Those below it that did not.
    pub missing: RoaringBitmap,
    /// The latest instant of a numbered signal; none before the first one.
    pub last_at: Option<Millis>,
}

impl SessionSequence {
    /// Notes a numbered signal that came, in whatever order and however often.
    pub fn add(&mut self, number: u32, at: Millis) {
        if number > self.highest {
            self.missing.insert_range(self.highest + 1..number);
            self.highest = number;
        }
        self.missing.remove(number);
        self.last_at = self.last_at.max(Some(at));
    }
}

/// The number of a signal in its session, if it is one that counts.
pub fn number_in_session(seq: Option<u64>) -> Option<u32> {
    let number = u32::try_from(seq?).ok()?;
    (1..=LAST_NUMBER).contains(&number).then_some(number)
}

/// The missing signals of a site's sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// The site.
    pub site: SiteId,
    /// The number of signals that the browsers are known to have numbered.
    pub numbered: u64,
    /// The number of those that are missing.
    pub missing: u64,
}

/// Writing sessions.
pub trait SequenceLedger {
    /// Keeps a session.
    fn save_sequence(
        &mut self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        sequence: &SessionSequence,
    ) -> Result<(), StoreError>;

    /// Counts the numbers of all sessions of a browser anew, from its signals.
    fn recount_sequences(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError>;
}

/// Reading sessions.
pub trait SequenceView {
    /// A session; an empty one before its first signal.
    fn sequence(&self, site: SiteId, visitor: VisitorId, session: SessionId) -> Result<SessionSequence, StoreError>;

    /// The missing signals of the sessions that began at an instant or later, for each site that has any.
    fn gaps(&self, since: Millis) -> Result<Vec<Gaps>, StoreError>;
}
