//! Entries for the timelines of the CRM: signals of leads, and changes of meetings.

use crate::notice::Notice;
use knock_crm::{COALESCE, note_due_at};
use knock_model::{Destination, LeadId, Millis};
use knock_ports::{CrmMeetingEffect, CrmNoteEffect, CrmSync, Effect, Lead, Ledger, Meeting, NewDelivery, StoreError};
use knock_routing::CrmSystem;

/// The CRMs to whose timelines signals are written.
pub(in crate::commands) fn noted_in(ledger: &dyn Ledger) -> Result<Vec<CrmSystem>, StoreError> {
    Ok(on(ledger)?.filter(|(_, sync)| sync.timeline).map(|(system, _)| system).collect())
}

/// Enqueues an entry about the signals of a lead unless one waits already: at most once an hour.
pub(in crate::commands) fn note_signals(
    ledger: &mut dyn Ledger,
    system: CrmSystem,
    lead: &Lead,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let to = Destination::crm_timeline(system);
    if lead.email.is_none() || lead.is_spam || ledger.has_waiting(to, lead.id.as_bytes())? {
        return Ok(());
    }
    let last = ledger.crm_record(system, lead.id)?.and_then(|record| record.noted).map(|noted| noted.at);
    let data = serde_json::to_string(&CrmNoteEffect { lead: lead.id });
    let effect = Effect { kind: CrmNoteEffect::KIND, data: data.map_err(broken)?, at: now };
    enqueue(ledger, to, effect, (lead.id, *lead.id.as_bytes()), note_due_at(now + COALESCE, last), notices)
}

/// Enqueues a write of a meeting: the write takes the state at delivery.
pub(in crate::commands) fn note_meeting(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    for (system, _) in on(ledger)?.filter(|(_, sync)| sync.meetings) {
        let to = Destination::crm_timeline(system);
        if ledger.has_waiting(to, meeting.id.as_bytes())? {
            continue;
        }
        let data = serde_json::to_string(&CrmMeetingEffect { meeting: meeting.id, lead: meeting.lead });
        let effect = Effect { kind: CrmMeetingEffect::KIND, data: data.map_err(broken)?, at: now };
        enqueue(ledger, to, effect, (meeting.lead, *meeting.id.as_bytes()), now + COALESCE, notices)?;
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
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    ledger.enqueue(&NewDelivery { to, effect, lead: Some(lead), ordering_key, stored_at })?;
    notices.push(Notice::Outbox);
    Ok(())
}

fn broken(error: serde_json::Error) -> StoreError {
    StoreError::Broken(error.to_string())
}
