//! Writes of changed leads to the CRM: enqueued with a short delay, one per lead.

use super::cause::{Cause, broken};
use super::company;
use crate::changes::Changes;
use crate::notice::Notice;
use knock_crm::COALESCE;
use knock_model::{CrmSystem, Destination, LeadId, Millis};
use knock_ports::{CrmEffect, Effect, Ledger, NewDelivery, StoreError};

/// Enqueues a write of the lead unless one waits already: the write takes the state at delivery.
pub(super) fn changed(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    cause: Cause,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for (system, sync) in ledger.crm_syncs()? {
        // While the CRM is disconnected, writes wait as in a pause: no change is lost until it is connected again.
        if sync.is_on {
            enqueue(ledger, Destination::crm(system), lead, cause, now, changes)?;
            company::enqueue(ledger, (system, &sync), (lead, cause), now, changes)?;
        }
    }
    Ok(())
}

/// The same for one CRM.
pub(super) fn changed_in(
    ledger: &mut dyn Ledger,
    system: CrmSystem,
    lead: LeadId,
    cause: Cause,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if ledger.crm_sync(system)?.is_none_or(|sync| !sync.is_on) {
        return Ok(());
    }
    enqueue(ledger, Destination::crm(system), lead, cause, now, changes)
}

fn enqueue(
    ledger: &mut dyn Ledger,
    to: Destination,
    lead: LeadId,
    cause: Cause,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if ledger.has_waiting(to, lead.as_bytes())? {
        return Ok(());
    }
    let effect = CrmEffect { lead, cause: cause.as_str().to_owned() };
    let data = serde_json::to_string(&effect).map_err(broken)?;
    ledger.enqueue(&NewDelivery {
        to,
        effect: Effect { kind: CrmEffect::KIND, data, at: now },
        lead: Some(lead),
        ordering_key: *lead.as_bytes(),
        // Changes within a second go into the same write.
        stored_at: now + COALESCE,
    })?;
    changes.push(Notice::Outbox);
    Ok(())
}
