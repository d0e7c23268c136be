//! Entries for the timelines of the CRM: signals of leads, and changes of meetings.

use crate::notice::Notice;
use knock_crm::{COALESCE, note_due_at};
use knock_model::{Destination, LeadId, Millis};
use knock_ports::{CrmMeetingEffect, CrmNoteEffect, CrmSync, Effect, Lead, Ledger, Meeting, NewDelivery, StoreError};
use knock_routing::CrmSystem;

const SYSTEM: CrmSystem = CrmSystem::Hubspot;
const TIMELINE: Destination = Destination::HUBSPOT_TIMELINE;

/// Whether signals are written to timelines.
pub(in crate::commands) fn is_noted(ledger: &dyn Ledger) -> Result<bool, StoreError> {
    Ok(sync(ledger)?.is_some_and(|sync| sync.timeline))
}

/// Enqueues an entry about the signals of a lead unless one waits already: at most once an hour.
pub(in crate::commands) fn note_signals(
    ledger: &mut dyn Ledger,
    lead: &Lead,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    if lead.email.is_none() || lead.is_spam || ledger.has_waiting(TIMELINE, lead.id.as_bytes())? {
        return Ok(());
    }
    let last = ledger.crm_record(SYSTEM, lead.id)?.and_then(|record| record.noted).map(|noted| noted.at);
    let data = serde_json::to_string(&CrmNoteEffect { lead: lead.id });
    let effect = Effect { kind: CrmNoteEffect::KIND, data: data.map_err(broken)?, at: now };
    enqueue(ledger, effect, lead.id, *lead.id.as_bytes(), note_due_at(now + COALESCE, last), notices)
}

/// Enqueues a write of a meeting: the write takes the state at delivery.
pub(in crate::commands) fn note_meeting(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let is_written = sync(ledger)?.is_some_and(|sync| sync.meetings);
    if !is_written || ledger.has_waiting(TIMELINE, meeting.id.as_bytes())? {
        return Ok(());
    }
    let data = serde_json::to_string(&CrmMeetingEffect { meeting: meeting.id, lead: meeting.lead });
    let effect = Effect { kind: CrmMeetingEffect::KIND, data: data.map_err(broken)?, at: now };
    enqueue(ledger, effect, meeting.lead, *meeting.id.as_bytes(), now + COALESCE, notices)
}

/// The settings of CRM Sync while it is on. While it is disconnected, writes wait.
fn sync(ledger: &dyn Ledger) -> Result<Option<CrmSync>, StoreError> {
    Ok(ledger.crm_sync(SYSTEM)?.filter(|sync| sync.is_on))
}

fn enqueue(
    ledger: &mut dyn Ledger,
    effect: Effect,
    lead: LeadId,
    ordering_key: [u8; 16],
    stored_at: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    ledger.enqueue(&NewDelivery { to: TIMELINE, effect, lead: Some(lead), ordering_key, stored_at })?;
    notices.push(Notice::Outbox);
    Ok(())
}

fn broken(error: serde_json::Error) -> StoreError {
    StoreError::Broken(error.to_string())
}
