//! Facts about a person, from which values are derived, for now or as of any instant of arrival.

use crate::{CarryOver, Lead, PageView, Past, StoreError};
use knock_intent::Weighed;
use knock_model::{AccountId, Email, LeadId, Millis, PersonName, SiteId, VisitorId};

/// An instant after any arrival: includes all facts.
pub const EVER: Millis = Millis(i64::MAX);

/// A proof of an address: the server of the site, or a link that was mailed to it, named it for a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressProof {
    pub site: SiteId,
    pub visitor: VisitorId,
    pub email: String,
}

impl AddressProof {
    /// Whether it proves an address in a browser.
    pub fn is_of(&self, browser: (SiteId, VisitorId), email: &Email) -> bool {
        (self.site, self.visitor) == browser && self.email == email.to_text()
    }
}

/// Reading facts of persons that had arrived by an instant. The assignment of browsers to persons is always today's.
pub trait PersonFacts {
    /// Returns a person's signals, by instant and id.
    fn signals_of(&self, lead: LeadId, by: Millis) -> Result<Vec<Weighed>, StoreError>;

    /// The summary of a person's expired signals.
    fn past_of(&self, lead: LeadId) -> Result<Past, StoreError>;

    /// The summaries carried over for a browser, from `from` up to but not including `to`, oldest first.
    fn carried(&self, site: SiteId, visitor: VisitorId, from: Millis, to: Millis)
    -> Result<Vec<CarryOver>, StoreError>;

    /// Returns the horizon: the history before it is not folded again. 0 while all signals are kept.
    fn horizon(&self) -> Result<Millis, StoreError>;

    /// The number of browsers of a person that have sent signals.
    fn visitors_of(&self, lead: LeadId, by: Millis) -> Result<i64, StoreError>;

    /// Returns the last name that a person gave; empty if they gave none.
    fn name_of(&self, lead: LeadId, by: Millis) -> Result<PersonName, StoreError>;

    /// Returns the browsers of a person with the address that was proven in them, the newest proofs; what retention has
    /// dropped proves nothing any more.
    fn proofs_of(&self, lead: LeadId, by: Millis) -> Result<Vec<AddressProof>, StoreError>;

    /// Returns the browser of the first claim of a person; none without a claim.
    fn first_visitor_of(&self, lead: LeadId) -> Result<Option<VisitorId>, StoreError>;

    /// Returns the first page view of a person before an instant, with its site.
    fn first_view_of(&self, lead: LeadId, before: Millis) -> Result<Option<(SiteId, PageView)>, StoreError>;

    /// Whether a person viewed pages in more than one session.
    fn has_earlier_session(&self, lead: LeadId, by: Millis) -> Result<bool, StoreError>;

    /// Returns the instants of the first and the last claim of a person.
    fn claimed(&self, lead: LeadId) -> Result<Option<(Millis, Millis)>, StoreError>;

    /// Returns all persons of a company, also those marked as spam.
    fn everybody_of(&self, account: AccountId) -> Result<Vec<Lead>, StoreError>;
}
