//! Spans: the assignment of signals to persons.

use crate::StoreError;
use knock_identity::Claim;
use knock_intent::Evidence;
use knock_model::{LeadId, Millis, SiteId, VisitorId};

/// A span of a visitor that belongs to one lead or is anonymous.
/// It ends at the start of the visitor's next span.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The start of the span; the first one starts at 0.
    pub from_at: Millis,
    pub lead: Option<LeadId>,
    pub evidence: Evidence,
}

/// Returns the index of the span that contains an instant: the last one that starts by then.
pub fn span_at(spans: &[Span], at: Millis) -> usize {
    spans.partition_point(|span| span.from_at <= at).saturating_sub(1)
}

/// Writing spans.
pub trait IdentityLedger {
    /// Stores a claim.
    fn append_claim(&mut self, site: SiteId, visitor: VisitorId, claim: Claim) -> Result<(), StoreError>;

    /// Stores a span and replaces the one with the same start.
    fn save_span(&mut self, span: &Span) -> Result<(), StoreError>;

    /// Deletes all spans of a browser, before they are computed again.
    fn forget_spans(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError>;
}

/// Reading spans and claims.
pub trait IdentityView {
    /// The spans of a browser, oldest first; none before its first signal.
    fn spans_of_visitor(&self, site: SiteId, visitor: VisitorId) -> Result<Vec<Span>, StoreError>;

    /// Returns the spans of a person, each with its end.
    fn spans_of_lead(&self, lead: LeadId) -> Result<Vec<(Span, Millis)>, StoreError>;

    /// The sites on which a browser has spans.
    fn sites_of_visitor(&self, visitor: VisitorId) -> Result<Vec<SiteId>, StoreError>;

    /// Returns the claims on a browser, from any site, by instant and cause.
    fn claims(&self, visitor: VisitorId) -> Result<Vec<Claim>, StoreError>;
}
