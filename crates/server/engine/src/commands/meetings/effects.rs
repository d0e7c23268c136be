//! What a change of a meeting leads to, beside its own rows: its news, and the timer of its reminders.

use crate::changes::Changes;
use crate::commands::meeting_status::set_reminder_timer;
use crate::happened::Happened;
use knock_model::{Millis, RepId};
use knock_ports::{Ledger, Meeting, MeetingNews, StoreError};

/// Says that a meeting was booked, cancelled, or changed from `before`, by a member if one did it.
pub(super) fn tell(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    (news, before): (MeetingNews, Option<&Meeting>),
    by: Option<RepId>,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let (lead, meeting, before) = (meeting.lead, Box::new(meeting.clone()), before.cloned().map(Box::new));
    changes.happened(now, Happened::MeetingChanged { meeting, news, before, by });
    set_reminder_timer(ledger, lead, now, changes)
}
