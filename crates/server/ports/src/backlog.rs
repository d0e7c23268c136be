//! Signals that are kept but not summed up yet: in a burst they are only written down, and done in turn afterwards.

use crate::{Batch, NewSignal, StoreError};
use knock_model::{SiteId, VisitorId};

/// A batch that is kept to be done later.
#[derive(Clone, Debug, PartialEq)]
pub struct PutOff {
    /// The site.
    pub site: SiteId,
    /// The browser.
    pub visitor: VisitorId,
    /// Its signals.
    pub signals: Vec<NewSignal>,
}

/// What is known of such a batch without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number: batches are done in this order.
    pub number: i64,
    /// The site.
    pub site: SiteId,
    /// The browser.
    pub visitor: VisitorId,
    /// How many signals it has.
    pub signals: u32,
}

/// Keeping batches for later.
pub trait BacklogLedger {
    /// Keeps a batch; its number, higher than all that are kept.
    fn put_off(&mut self, batch: Batch<'_>) -> Result<i64, StoreError>;

    /// Takes a batch out again; none when it is not there.
    fn take_up(&mut self, number: i64) -> Result<Option<PutOff>, StoreError>;
}

/// Finding them.
pub trait BacklogView {
    /// All that are kept, in order.
    fn backlog(&self) -> Result<Vec<Place>, StoreError>;
}
