//! A lead made of a browser that a workflow enrols, as the opening of a chat makes one.

use super::chat::settle_merged;
use super::fold::{Touched, fold};
use super::identify;
use crate::changes::Changes;
use knock_identity::Claim;
use knock_model::{LeadId, Millis, SignalId, SiteId, VisitorId};
use knock_ports::{Ledger, StoreError};

/// A browser without a lead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BrowserLead {
    pub(crate) site: SiteId,
    pub(crate) visitor: VisitorId,
    /// The signal that enrols the lead.
    pub(crate) cause: SignalId,
    /// The instant from which the browser is theirs.
    pub(crate) at: Millis,
    /// The id of the new lead.
    pub(crate) lead: LeadId,
    pub(crate) now: Millis,
}

impl BrowserLead {
    /// Stores the lead, and that the browser is theirs.
    pub(crate) fn claim(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let BrowserLead { site, visitor, cause, at, lead, now } = *self;
        let mut touched = Touched::default();
        ledger.save_lead(&identify::stranger(lead, now))?;
        touched.created(lead, now);
        ledger.append_claim(site, visitor, Claim { cause, at, lead })?;
        identify::recut(ledger, site, visitor, &mut touched)?;
        fold(ledger, &touched, now, changes)?;
        settle_merged(ledger, &touched, now, changes)
    }
}
