//! The times of reminders of meetings.

use super::settings::{minutes, settings};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, Meeting, StoreError, Subject};

/// Sets the timer for the next reminder of any meeting of a lead.
pub(in crate::commands) fn set_reminder_timer(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let before = settings(ledger)?.reminders_min;
    let meetings = ledger.meetings_of_lead(lead)?;
    let upcoming = meetings.iter().filter(|meeting| meeting.is_upcoming(now));
    let next = upcoming.filter_map(|meeting| next_reminder(meeting, &before)).min();
    ledger.set_timer(Subject::MeetingReminder(lead), next)?;
    changes.push(Notice::Timer);
    Ok(())
}

/// The instant of the next reminder of a meeting, after those that were sent.
pub(in crate::commands) fn next_reminder(meeting: &Meeting, before: &[u32]) -> Option<Millis> {
    let due = before.iter().map(|before| meeting.start - minutes(*before));
    due.filter(|due| *due > meeting.details.reminded_until).min()
}
