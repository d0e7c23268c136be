//! Whose signals are whose.

use crate::StoreError;
use knock_intent::Evidence;
use knock_model::{Email, LeadId, Millis, SiteId, VisitorId};

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

/// A visitor said who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identification {
    /// When.
    pub at: Millis,
    /// With which address.
    pub email: Email,
}

/// Writing spans.
pub trait IdentityLedger {
    /// The spans of a browser, oldest first; none before its first signal.
    ///
    /// # Errors
    /// When the database fails.
    fn spans_of_visitor(&mut self, site: SiteId, visitor: VisitorId) -> Result<Vec<Span>, StoreError>;

    /// The spans of a person with where each ends.
    ///
    /// # Errors
    /// When the database fails.
    fn spans_of_lead(&mut self, lead: LeadId) -> Result<Vec<(Span, Millis)>, StoreError>;

    /// Everything a browser said about who uses it, by instant and id.
    ///
    /// # Errors
    /// When the database fails.
    fn identifications(&mut self, site: SiteId, visitor: VisitorId) -> Result<Vec<Identification>, StoreError>;

    /// Stores a span over the one that begins at the same instant.
    ///
    /// # Errors
    /// When the database fails.
    fn save_span(&mut self, span: &Span) -> Result<(), StoreError>;

    /// Takes all spans of a browser away, before they are cut anew.
    ///
    /// # Errors
    /// When the database fails.
    fn forget_spans(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError>;
}
