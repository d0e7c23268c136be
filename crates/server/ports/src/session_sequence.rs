//! Session sequences in the store: a gap in the numbers of a session's signals is a missing signal.

use crate::StoreError;
use knock_model::{Millis, SessionId, SiteId, VisitorId};
use roaring::RoaringBitmap;

/// The highest number that counts: no real session has a higher one.
pub const LAST_NUMBER: u32 = 100_000;

/// The numbers of a session's signals: all up to the highest are stored, except the missing ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionSequence {
    /// The highest stored number.
    pub highest: u32,
    /// The missing numbers below it.
    pub missing: RoaringBitmap,
    /// The latest instant of a numbered signal; none before the first one.
    pub last_at: Option<Millis>,
}

impl SessionSequence {
    /// Adds a stored signal by its number, in any order and any number of times.
    pub fn add(&mut self, number: u32, at: Millis) {
        if number > self.highest {
            self.missing.insert_range(self.highest + 1..number);
            self.highest = number;
        }
        self.missing.remove(number);
        self.last_at = self.last_at.max(Some(at));
    }
}

/// Returns the number of a signal in its session, if it is in the valid range.
pub fn number_in_session(seq: Option<u64>) -> Option<u32> {
    let number = u32::try_from(seq?).ok()?;
    (1..=LAST_NUMBER).contains(&number).then_some(number)
}

/// The missing signals of a site's sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gaps {
    pub site: SiteId,
    /// The number of signals that the browsers are known to have numbered.
    pub numbered: u64,
    pub missing: u64,
}

/// Writing session sequences.
pub trait SequenceLedger {
    /// Stores the sequence of a session.
    fn save_sequence(
        &mut self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        sequence: &SessionSequence,
    ) -> Result<(), StoreError>;

    /// Computes the sequences of all sessions of a browser again, from its signals.
    fn recount_sequences(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError>;
}

/// Reading session sequences.
pub trait SequenceView {
    /// Returns the sequence of a session; an empty one before its first signal.
    fn sequence(&self, site: SiteId, visitor: VisitorId, session: SessionId) -> Result<SessionSequence, StoreError>;

    /// The missing signals of the sessions that began at an instant or later, for each site that has any.
    fn gaps(&self, since: Millis) -> Result<Vec<Gaps>, StoreError>;
}
