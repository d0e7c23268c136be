//! Data of a CRM about a person.

use super::write::known as known_record;
use knock_model::LeadId;
use knock_ports::{CrmKnown, Ledger, StoreError};
use knock_routing::CrmSystem;

/// Keeps it with the person. Where their contact is known now, they are written by its id from then on: an address finds
/// a contact, and may change.
pub(in crate::commands) fn keep_crm_known(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    said: &CrmKnown,
) -> Result<(), StoreError> {
    let system = CrmSystem::Hubspot;
    let Some(sync) = ledger.crm_sync(system)?.filter(|sync| sync.is_on) else { return Ok(()) };
    ledger.save_crm_known(system, lead, said)?;
    let mut record = known_record(ledger, system, &sync, lead)?;
    if let Some(contact) = said.contact.as_ref().filter(|_| record.contact.is_none()) {
        record.contact = Some(contact.clone());
        ledger.save_crm_record(system, lead, &record)?;
    }
    Ok(())
}
