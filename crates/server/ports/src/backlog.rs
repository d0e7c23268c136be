//! Backlog: batches stored but not processed yet. In a burst they are deferred and replayed in order afterwards.

use crate::{Batch, NewSignal, StoreError};
use knock_model::{SiteId, VisitorId};

/// A deferred batch.
#[derive(Clone, Debug, PartialEq)]
pub struct DeferredBatch {
    pub site: SiteId,
    pub visitor: VisitorId,
    pub signals: Vec<NewSignal>,
}

/// Key of a deferred batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number: batches are replayed in this order.
    pub number: i64,
    pub site: SiteId,
    pub visitor: VisitorId,
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
