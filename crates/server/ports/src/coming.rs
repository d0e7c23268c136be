//! What commands will ask for, told before they run: a store far away fetches it for all of them at once.

use crate::NewSignal;
use knock_model::{SiteId, VisitorId};

/// Signals of a browser that are about to be stored.
#[derive(Clone, Copy, Debug)]
pub struct Coming<'c> {
    /// Where they come from.
    pub site: SiteId,
    /// The browser.
    pub visitor: VisitorId,
    /// The signals.
    pub signals: &'c [NewSignal],
}
