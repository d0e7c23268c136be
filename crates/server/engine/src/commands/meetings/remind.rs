//! Due reminders of meetings.

use super::leave::hand_over_if_away;
use crate::changes::Changes;
use crate::commands::meeting_status::{next_reminder, set_reminder_timer, settings};
use crate::happened::Happened;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};

/// Sends the due reminders; of several for one meeting only one.
pub(in crate::commands) fn fire_reminders(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let before = settings(ledger)?.reminders_min;
    for mut meeting in ledger.meetings_of_lead(lead)? {
        let is_due = meeting.is_upcoming(now) && next_reminder(&meeting, &before).is_some_and(|due| due <= now);
        if is_due {
            meeting.details.reminded_until = now;
            ledger.save_meeting(&meeting)?;
            // A visitor who is notified of another rep needs no reminder as well.
            let is_handed_over = hand_over_if_away(ledger, &meeting, now, changes)?;
            if now < meeting.start && !is_handed_over {
                changes.happened(now, Happened::MeetingNear { meeting: Box::new(meeting) });
            }
        }
    }
    set_reminder_timer(ledger, lead, now, changes)
}
