//! Entries for the timelines of the CRM: signals of leads, and changes of meetings.

use super::cause::broken;
use crate::changes::Changes;
use crate::notice::Notice;
use knock_crm::{COALESCE, note_due_at};
use knock_model::{Destination, LeadId, Millis};
use knock_ports::{CrmMeetingEffect, CrmNoteEffect, CrmSync, Effect, Ledger, Meeting, NewDelivery, StoreError};
use knock_routing::CrmSystem;

/// Enqueues an entry about the signals of a lead for each CRM unless one waits already: at most once an hour.
pub(super) fn note_signals(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for (system, _) in on(ledger)?.filter(|(_, sync)| sync.timeline) {
        enqueue_note(ledger, system, lead, now, changes)?;
    }
    Ok(())
}

/// The same for one CRM.
pub(super) fn note_signals_in(
    ledger: &mut dyn Ledger,
    system: CrmSystem,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let is_on = on(ledger)?.any(|(known, sync)| known == system && sync.timeline);
    if is_on { enqueue_note(ledger, system, lead, now, changes) } else { Ok(()) }
}

fn enqueue_note(
    ledger: &mut dyn Ledger,
    system: CrmSystem,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let to = Destination::crm_timeline(system);
    let is_known = ledger.lead(lead)?.is_some_and(|lead| lead.email.is_some() && !lead.is_spam);
    if !is_known || ledger.has_waiting(to, lead.as_bytes())? {
        return Ok(());
    }
    let last = ledger.crm_record(system, lead)?.and_then(|record| record.noted).map(|noted| noted.at);
    let data = serde_json::to_string(&CrmNoteEffect { lead });
    let effect = Effect { kind: CrmNoteEffect::KIND, data: data.map_err(broken)?, at: now };
    enqueue(ledger, to, effect, (lead, *lead.as_bytes()), note_due_at(now + COALESCE, last), changes)
}

/// Enqueues a write of a meeting: the write takes the state at delivery.
pub(super) fn note_meeting(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for (system, _) in on(ledger)?.filter(|(_, sync)| sync.meetings) {
        let to = Destination::crm_timeline(system);
        if ledger.has_waiting(to, meeting.id.as_bytes())? {
            continue;
        }
        let data = serde_json::to_string(&CrmMeetingEffect { meeting: meeting.id, lead: meeting.lead });
        let effect = Effect { kind: CrmMeetingEffect::KIND, data: data.map_err(broken)?, at: now };
        enqueue(ledger, to, effect, (meeting.lead, *meeting.id.as_bytes()), now + COALESCE, changes)?;
    }
    Ok(())
}

/// The CRMs whose sync is on. While one is disconnected, its writes wait.
fn on(ledger: &dyn Ledger) -> Result<impl Iterator<Item = (CrmSystem, CrmSync)> + use<>, StoreError> {
    Ok(ledger.crm_syncs()?.into_iter().filter(|(_, sync)| sync.is_on))
}

fn enqueue(
    ledger: &mut dyn Ledger,
    to: Destination,
    effect: Effect,
    (lead, ordering_key): (LeadId, [u8; 16]),
    stored_at: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    ledger.enqueue(&NewDelivery { to, effect, lead: Some(lead), ordering_key, stored_at })?;
    changes.push(Notice::Outbox);
    Ok(())
}
