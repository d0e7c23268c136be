//! The site of an event, for destinations that are limited to some sites.

use super::about::About;
use knock_model::{LeadId, SiteId};
use knock_ports::{StoreError, View};
use std::collections::BTreeSet;

/// Where an event happened.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// On a site: that of the conversation, the meeting, the form or the click.
    Site(SiteId),
    /// On no site alone: it belongs to every site on which the persons that it is about were seen.
    Seen,
}

impl Place {
    /// Returns the sites to which the event belongs.
    pub(super) fn sites(self, view: &dyn View, about: About) -> Result<BTreeSet<SiteId>, StoreError> {
        match (self, about) {
            (Place::Site(site), _) => Ok(BTreeSet::from([site])),
            (Place::Seen, About::Lead(lead)) => sites_of(view, lead),
            (Place::Seen, About::Account(account)) => {
                let mut sites = BTreeSet::new();
                for lead in view.everybody_of(account)?.iter().filter(|lead| !lead.is_spam) {
                    sites.extend(sites_of(view, lead.id)?);
                }
                Ok(sites)
            }
        }
    }
}

/// Returns the sites on which a person was seen, wrote or has a meeting.
fn sites_of(view: &dyn View, lead: LeadId) -> Result<BTreeSet<SiteId>, StoreError> {
    let spans = view.spans_of_lead(lead)?;
    let mut sites: BTreeSet<SiteId> = spans.iter().map(|(span, _)| span.site).collect();
    sites.extend(view.conversations_of_lead(lead)?.iter().map(|conversation| conversation.site));
    sites.extend(view.meetings_of_lead(lead)?.iter().map(|meeting| meeting.details.site));
    Ok(sites)
}
