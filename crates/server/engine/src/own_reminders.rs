//! The timer of reminders that members set for themselves.

use knock_model::LeadId;
use knock_ports::{Ledger, StoreError, Subject};

/// Sets the timer for the next reminder about a lead; clears it if none is to come.
pub(crate) fn set_reminder_timer(ledger: &mut dyn Ledger, lead: LeadId) -> Result<(), StoreError> {
    let reminders = ledger.reminders_about(lead)?;
    let next = reminders.iter().filter(|reminder| reminder.fired_at.is_none()).map(|reminder| reminder.due_at).min();
    ledger.set_timer(Subject::Reminder(lead), next)
}
