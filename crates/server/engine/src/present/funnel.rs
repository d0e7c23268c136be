//! The funnel stage of persons and companies as shown.

use super::Presenter;
use crate::funnel::relation;
use crate::lead_fields::crm_known;
use knock_intent::{FunnelStage, funnel_stage};
use knock_ports::{Lead, StoreError};
use knock_status::chat::Event;

impl Presenter<'_> {
    /// The funnel stage of a person, by the facts that had arrived.
    pub(super) fn funnel_stage(&self, lead: &Lead) -> Result<FunnelStage, StoreError> {
        let mut known = crm_known(self.view, lead)?;
        known.retain(|(_, known)| known.at <= self.arrived_by);
        let has_deal = self.chat_facts(lead.id)?.iter().any(|fact| fact.what == Event::DealOpened);
        let stage = funnel_stage(relation(&known, has_deal, false));
        if stage != FunnelStage::FirstSeen || lead.email.is_none() {
            return Ok(stage);
        }
        let was_known_before = self.view.has_earlier_session(lead.id, self.arrived_by)?;
        Ok(funnel_stage(relation(&known, has_deal, was_known_before)))
    }

    /// The funnel stage of a company: the furthest of its contacts.
    pub(super) fn funnel_stage_of(&self, contacts: &[Lead]) -> Result<FunnelStage, StoreError> {
        let mut furthest = FunnelStage::FirstSeen;
        for lead in contacts {
            furthest = furthest.max(self.funnel_stage(lead)?);
        }
        Ok(furthest)
    }
}
