//! Enrichment data, as shown on records.

use super::Presenter;
use crate::lead_fields::crm_known;
use knock_model::{AccountId, LeadId};
use knock_ports::{Lead, StoreError};
use knock_wire::{CrmOwnerShown, EnrichedShown, Word};

impl Presenter<'_> {
    /// The owner of a lead in the first connected CRM that named one by the instant.
    pub(super) fn crm_owner(&self, lead: LeadId) -> Result<Option<CrmOwnerShown>, StoreError> {
        let Some(lead) = self.lead(lead)? else { return Ok(None) };
        let known = crm_known(self.view, &lead)?.into_iter().filter(|(_, known)| known.at <= self.now);
        let mut owners = known.filter_map(|(_, known)| {
            let (system, owner) = known.fields.crm_owner()?;
            Some(CrmOwnerShown { system: system.into(), owner: owner.to_owned() })
        });
        Ok(owners.next())
    }

    /// The enrichment of a company and of a person, field by field, as known at the instant.
    pub(super) fn enrichment(
        &self,
        account: Option<AccountId>,
        lead: Option<&Lead>,
    ) -> Result<Vec<EnrichedShown>, StoreError> {
        let company = account.map(|account| self.view.company_enrichment(account)).transpose()?.flatten();
        let person = lead.map(|lead| self.view.person_enrichment(lead.id)).transpose()?.flatten();
        let said = company.into_iter().chain(person).filter(|said| said.at <= self.now);
        let shown = said.flat_map(|said| {
            let values = said.fields.iter().map(|(name, value)| EnrichedShown {
                field: Word::parse(name),
                value: serde_json::to_value(value).unwrap_or_default(),
                source: said.source.clone(),
                at: said.at,
            });
            values.collect::<Vec<_>>()
        });
        Ok(shown.collect())
    }
}
