//! Whose signals are whose.

use crate::StoreError;
use knock_intent::Evidence;
use knock_model::{LeadId, Millis, SignalId, SiteId, VisitorId};

/// A stretch of a browser's life that belongs to one person, or to nobody known yet.
/// It ends where the browser's next one begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The site.
    pub site: SiteId,
    /// The browser.
    pub visitor: VisitorId,
    /// Where it begins; the first one begins at 0.
    pub from_at: Millis,
    /// The person.
    pub lead: Option<LeadId>,
    /// The signals in it, summed up.
    pub evidence: Evidence,
}

/// A browser is somebody's from an instant on: by what it said, or by the chat it opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What says so: the `identify` signal, or the opening of the chat.
    pub cause: SignalId,
    /// Since when.
    pub at: Millis,
    /// Whose it is.
    pub lead: LeadId,
}

impl Claim {
    /// Nobody has this id: a browser was somebody's who was erased, and what it did until the next claim is not kept.
    pub const ERASED: LeadId = LeadId::from_bytes([0; 16]);
    /// Nobody has this id: from here on a browser is nobody's, until somebody claims it.
    pub const NOBODY: LeadId = LeadId::from_bytes([0xff; 16]);
}

/// Writing spans.
pub trait IdentityLedger {
    /// Stores a claim.
    fn append_claim(&mut self, site: SiteId, visitor: VisitorId, claim: Claim) -> Result<(), StoreError>;

    /// Stores a span over the one that begins at the same instant.
    fn save_span(&mut self, span: &Span) -> Result<(), StoreError>;

    /// Takes all spans of a browser away, before they are cut anew.
    fn forget_spans(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError>;
}

/// Reading whose signals are whose.
pub trait IdentityView {
    /// The spans of a browser, oldest first; none before its first signal.
    fn spans_of_visitor(&self, site: SiteId, visitor: VisitorId) -> Result<Vec<Span>, StoreError>;

    /// The spans of a person with where each ends.
    fn spans_of_lead(&self, lead: LeadId) -> Result<Vec<(Span, Millis)>, StoreError>;

    /// The sites on which a browser has spans.
    fn sites_of_visitor(&self, visitor: VisitorId) -> Result<Vec<SiteId>, StoreError>;

    /// The claims on a browser, from whatever site, by instant and cause.
    fn claims(&self, visitor: VisitorId) -> Result<Vec<Claim>, StoreError>;
}
