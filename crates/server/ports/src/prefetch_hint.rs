//! Prefetch hints: the rows that queued commands will read, so that a remote store fetches them at once.

use crate::NewSignal;
use knock_model::{ConversationId, LeadId, Millis, SignalId, SiteId, VisitorId};

/// Signals of a browser that are about to be stored.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'c> {
    pub site: SiteId,
    pub visitor: VisitorId,
    pub signals: &'c [NewSignal],
}

/// The subject of a command, which determines the rows it will read.
#[derive(Clone, Copy, Debug)]
pub enum PrefetchHint<'c> {
    Signals(Batch<'c>),
    /// A conversation, with its lead and the data about them.
    Chat {
        conversation: ConversationId,
        /// Signals that are about to be stored for its browser.
        signals: [SignalId; 2],
        /// The instant of the event in it.
        at: Millis,
    },
    /// The chat of a lead.
    Lead(LeadId),
}
