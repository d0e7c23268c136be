//! Past leads for the tester of a rule, each with the fields of their last decision.

use crate::present::Presenter;
use knock_model::Millis;
use knock_ports::{Decided, LeadFilter, LeadQuery, StoreError};
use knock_routing::Funnel;
use knock_wire::{TesterLead, TesterLeads};
use std::collections::BTreeSet;

/// The number of decisions, or of persons found, that are read for one lead of the response.
const LOOKED_AT: u32 = 5;

impl Presenter<'_> {
    /// Returns leads with a decision, the latest first; those that match a search, or all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tester_leads(&self, funnel: Funnel, search: &str, limit: u32) -> Result<TesterLeads, StoreError> {
        let looked_at = limit.saturating_mul(LOOKED_AT);
        let mut decided = if search.trim().is_empty() {
            self.view.newest_decisions(funnel, Millis(0), looked_at)?
        } else {
            self.last_decisions_of(funnel, search, looked_at)?
        };
        let mut seen = BTreeSet::new();
        decided.retain(|decided| seen.insert(decided.lead));
        decided.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let leads = decided.iter().map(|decided| self.tester_lead(decided)).collect::<Result<_, _>>()?;
        Ok(TesterLeads { leads })
    }

    /// Returns the last decision about each person that matches a search.
    fn last_decisions_of(&self, funnel: Funnel, search: &str, limit: u32) -> Result<Vec<Decided>, StoreError> {
        let filter = LeadFilter { search: search.trim().to_owned(), ..LeadFilter::default() };
        let found = self.view.search_leads(&LeadQuery { filter, limit, ..LeadQuery::default() }, &mut |_| true)?;
        let mut all = Vec::new();
        for lead in found.leads {
            all.extend(match funnel {
                Funnel::Chat => self.view.last_decision(lead.id)?,
                Funnel::Meeting => self.view.last_meeting_decision(lead.id)?,
            });
        }
        all.sort_by_key(|decided| std::cmp::Reverse((decided.at, decided.id)));
        Ok(all)
    }

    fn tester_lead(&self, decided: &Decided) -> Result<TesterLead, StoreError> {
        let contact = self.contact_ref_of(decided.lead)?;
        Ok(TesterLead {
            lead: decided.lead,
            label: contact.as_ref().map_or_else(String::new, |contact| contact.display_name.clone()),
            contact: contact.filter(|contact| !contact.email.is_empty()),
            at: decided.at,
            link: decided.link.clone(),
            fields: decided.fields.clone(),
            decision: self.decision(decided)?,
        })
    }
}
