//! What follows from a change of a meeting outside: timers here, calendars and mails by the outbox.

use crate::commands::meeting_status::set_reminder_timer;
use crate::notice::Notice;
use knock_model::Millis;
use knock_ports::{Ledger, Meeting, StoreError};

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is new.
    Booked,
    /// It has another time or another owner; it was like this before.
    Moved(Box<Meeting>),
    /// It was cancelled.
    Cancelled,
}

/// Enqueues what has to be done about a change.
pub(super) fn tell(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    _change: Change,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    set_reminder_timer(ledger, meeting.lead, now, notices)
}
