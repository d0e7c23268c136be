//! Facts about a person: read to derive, now or as of any instant of arrival.

use crate::{CarryOver, Lead, PageView, Past, StoreError};
use knock_intent::Weighed;
use knock_model::{AccountId, LeadId, Millis, SiteId, VisitorId};

/// Later than any arrival: all that is known.
pub const EVER: Millis = Millis(i64::MAX);

/// Reading what is known of persons, as far as it had arrived by an instant. Whose a browser is, is as known today.
pub trait PersonFacts {
    /// A person's signals, by instant and id.
    fn signals_of(&self, lead: LeadId, by: Millis) -> Result<Vec<Weighed>, StoreError>;

    /// The summary of a person's expired signals.
    fn past_of(&self, lead: LeadId) -> Result<Past, StoreError>;

    /// The summaries carried over for a browser, from `from` up to but not including `to`, oldest first.
    fn carried(&self, site: SiteId, visitor: VisitorId, from: Millis, to: Millis)
    -> Result<Vec<CarryOver>, StoreError>;

    /// The history before this instant is not folded again; 0 while all signals are kept.
    fn horizon(&self) -> Result<Millis, StoreError>;

    /// The number of browsers of a person that have sent signals.
    fn visitors_of(&self, lead: LeadId, by: Millis) -> Result<i64, StoreError>;

    /// The name a person gave last; empty when they gave none.
    fn name_of(&self, lead: LeadId, by: Millis) -> Result<String, StoreError>;

    /// The browser in which a person was first claimed; none for one of whom there is no claim.
    fn first_visitor_of(&self, lead: LeadId) -> Result<Option<VisitorId>, StoreError>;

    /// The first page that a person saw, of those seen before an instant.
    fn first_view_of(&self, lead: LeadId, before: Millis) -> Result<Option<PageView>, StoreError>;

    /// The first and the last instant at which a browser was said to be a person's.
    fn claimed(&self, lead: LeadId) -> Result<Option<(Millis, Millis)>, StoreError>;

    /// Everybody of a company, those marked as spam too.
    fn everybody_of(&self, account: AccountId) -> Result<Vec<Lead>, StoreError>;
}
