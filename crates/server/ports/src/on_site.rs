//! Leads who are on a site now. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{LeadId, Millis, SiteId, VisitorId};

/// The maximum number of leads of [`OnSiteView::leads_on_site`].
pub const MOST_ON_SITE: u32 = 1_000;

/// A lead who is on a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnSite {
    pub lead: LeadId,
    /// The end of the visit by what is known now: [`knock_intent::on_site_until`].
    pub until: Millis,
}

/// A browser with an open page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrowserOnSite {
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The end of the visit by what is known now: [`knock_intent::on_site_until`].
    pub until: Millis,
}

/// A page view for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSeen {
    pub at: Millis,
    pub url: String,
    /// The title of the page; may be empty.
    pub title: String,
    /// The preferred language of the browser (BCP 47); empty if it is not known.
    pub language: String,
}

/// Reading who is on a site, from recent signals.
pub trait OnSiteView {
    /// All leads with an open page at an instant, the last page view first: of the [`MOST_ON_SITE`] leads whose signals
    /// are the newest. Leads marked as spam are among them.
    fn leads_on_site(&self, now: Millis) -> Result<Vec<OnSite>, StoreError>;

    /// The browsers with an open page at an instant, of known and unknown visitors, the last page view first: of one site, or of all.
    /// At most [`MOST_ON_SITE`].
    fn browsers_on_site(&self, site: Option<SiteId>, now: Millis) -> Result<Vec<BrowserOnSite>, StoreError>;

    /// The page views of a browser since an instant, newest first, at most `limit`.
    fn last_pages(
        &self,
        site: SiteId,
        visitor: VisitorId,
        since: Millis,
        limit: u32,
    ) -> Result<Vec<PageSeen>, StoreError>;

    /// The end of the visit of a lead with an open page at an instant; none of one who is not on a site.
    fn on_site_until(&self, lead: LeadId, now: Millis) -> Result<Option<Millis>, StoreError>;
}
