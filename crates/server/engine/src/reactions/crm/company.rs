//! Writes of the companies of changed leads: enqueued with a short delay, one per account.

use super::cause::{Cause, broken};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use knock_crm::COALESCE;
use knock_model::{AccountId, CrmSystem, Destination, LeadId, Millis};
use knock_ports::{CrmCompanyEffect, CrmSync, Effect, Ledger, NewDelivery, StoreError};

/// The delay of the second look: a CRM associates a new contact with its company a little later.
const SECOND_LOOK: Millis = Millis::MINUTE;

/// Enqueues what changes of leads themselves do not: their writes enqueue those of their companies.
pub(super) fn react(
    ledger: &mut dyn Ledger,
    what: &Happened,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    match what {
        Happened::AccountScored { account, .. } => of_account(ledger, *account, Cause::Score, now, changes),
        Happened::PersonErased { account } => of_account(ledger, *account, Cause::Erased, now, changes),
        Happened::CrmKnown { lead, .. } => {
            for (system, sync) in ledger.crm_syncs()? {
                enqueue(ledger, (system, &sync), (*lead, Cause::Stage), now, changes)?;
            }
            Ok(())
        }
        Happened::TimelineOpened { system, lead } => enqueue_in(ledger, *system, (*lead, Cause::Known), now, changes),
        Happened::CompanyDue { system, lead } => enqueue_in(ledger, *system, (*lead, Cause::Resync), now, changes),
        Happened::CompanyMissing { system, lead } => {
            let effect = CrmCompanyEffect { lead: *lead, cause: Cause::Known.as_str().to_owned(), is_second: true };
            add(ledger, *system, effect, (now, now + SECOND_LOOK), changes)
        }
        _ => Ok(()),
    }
}

fn of_account(
    ledger: &mut dyn Ledger,
    account: AccountId,
    cause: Cause,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let syncs = ledger.crm_syncs()?;
    if syncs.iter().all(|(_, sync)| sync.companies.is_empty()) {
        return Ok(());
    }
    let persons = ledger.everybody_of(account)?;
    let Some(one) = persons.iter().find(|person| !person.is_spam) else { return Ok(()) };
    for (system, sync) in syncs {
        enqueue(ledger, (system, &sync), (one.id, cause), now, changes)?;
    }
    Ok(())
}

fn enqueue_in(
    ledger: &mut dyn Ledger,
    system: CrmSystem,
    of: (LeadId, Cause),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(sync) = ledger.crm_sync(system)? else { return Ok(()) };
    enqueue(ledger, (system, &sync), of, now, changes)
}

/// Enqueues the write of the company of a lead, if a field of companies is mapped.
pub(super) fn enqueue(
    ledger: &mut dyn Ledger,
    (system, sync): (CrmSystem, &CrmSync),
    (lead, cause): (LeadId, Cause),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if !sync.is_on || sync.companies.is_empty() {
        return Ok(());
    }
    let effect = CrmCompanyEffect { lead, cause: cause.as_str().to_owned(), is_second: false };
    add(ledger, system, effect, (now, now + COALESCE), changes)
}

/// Adds a write unless one of the account waits already: the write takes the state at delivery.
fn add(
    ledger: &mut dyn Ledger,
    system: CrmSystem,
    effect: CrmCompanyEffect,
    (at, due_at): (Millis, Millis),
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(lead) = ledger.lead(effect.lead)?.filter(|lead| lead.email.is_some()) else { return Ok(()) };
    let (to, lead, account) = (Destination::crm_companies(system), effect.lead, lead.account);
    // A second look holds up no change of the account meanwhile.
    let account = account.filter(|_| !effect.is_second);
    let ordering_key = account.map_or(*lead.as_bytes(), |account| *account.as_bytes());
    if ledger.has_waiting(to, &ordering_key)? {
        return Ok(());
    }
    let data = serde_json::to_string(&effect).map_err(broken)?;
    let effect = Effect { kind: CrmCompanyEffect::KIND, data, at };
    ledger.enqueue(&NewDelivery { to, effect, lead: Some(lead), ordering_key, stored_at: due_at })?;
    changes.push(Notice::Outbox);
    Ok(())
}
