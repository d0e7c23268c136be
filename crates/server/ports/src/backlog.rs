//! Backlog: batches stored but not processed yet. In a burst they are deferred and replayed in order afterwards.

use crate::{Batch, NewSignal, StoreError};
use knock_model::{SiteId, VisitorId};

/// A deferred batch.
#[derive(Clone, Debug, PartialEq)]
pub struct DeferredBatch {
    /// The site.
    pub site: SiteId,
    /// The browser.
    pub visitor: VisitorId,
    /// Its signals.
    pub signals: Vec<NewSignal>,
}

/// Key of a deferred batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number: batches are replayed in this order.
    pub number: i64,
    /// The site.
    pub site: SiteId,
    /// The browser.
    pub visitor: VisitorId,
    /// The number of its signals.
    pub signals: u32,
}

/// Writing the backlog.
pub trait BacklogLedger {
    /// Stores a batch and returns its number, higher than every stored one.
    fn defer(&mut self, batch: Batch<'_>) -> Result<i64, StoreError>;

    /// Removes and returns a batch; none if it is not stored.
    fn take_deferred(&mut self, number: i64) -> Result<Option<DeferredBatch>, StoreError>;
}

/// Reading the backlog.
pub trait BacklogView {
    /// All deferred batches, in order.
    fn backlog(&self) -> Result<Vec<Place>, StoreError>;
}
