//! Data of a CRM about a person.

use super::write::known as known_record;
use knock_model::LeadId;
use knock_ports::{CrmKnown, Ledger, StoreError};
use knock_routing::CrmSystem;

/// Stores the data with the person. If it names the contact, the lead is written by the contact's id from then on: an
/// address finds a contact, but may change.
pub(in crate::commands) fn keep_crm_known(
    ledger: &mut dyn Ledger,
    system: CrmSystem,
    lead: LeadId,
    said: &CrmKnown,
) -> Result<(), StoreError> {
    let Some(sync) = ledger.crm_sync(system)?.filter(|sync| sync.is_on) else { return Ok(()) };
    ledger.save_crm_known(system, lead, said)?;
    let mut record = known_record(ledger, system, &sync, lead)?;
    // A look-up of before the contact was deleted is no news.
    let is_newer = record.deleted_at.is_none_or(|deleted| deleted < said.at);
    if let Some(contact) = said.contact.as_ref().filter(|_| record.contact.is_none() && is_newer) {
        (record.contact, record.deleted_at) = (Some(contact.clone()), None);
        ledger.save_crm_record(system, lead, &record)?;
    }
    Ok(())
}
