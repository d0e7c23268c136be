//! Effects of a change of a meeting: timers; calendars, mails and Slack through the outbox.

use super::post::mail_change;
use crate::commands::calendars::write_into;
use crate::commands::crm_timeline::note_meeting;
use crate::commands::meeting_status::set_reminder_timer;
use crate::commands::slack_show::show_meeting;
use crate::notice::Notice;
use knock_model::Millis;
use knock_ports::{Ledger, Meeting, MeetingNews, StoreError};

/// The kind of change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Booked,
    /// Rescheduled or reassigned; the meeting before.
    Moved(Box<Meeting>),
    Cancelled,
}

/// Enqueues the effects of a change.
pub(super) fn tell(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    change: Change,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let (news, before) = match &change {
        Change::Booked => (MeetingNews::Booked, None),
        Change::Moved(before) => (MeetingNews::Changed, Some(&**before)),
        Change::Cancelled => (MeetingNews::Cancelled, None),
    };
    let had = before.map(|before| before.details.reps.clone()).unwrap_or_default();
    let reps = [&meeting.details.reps[..], &had].concat();
    write_into(ledger, meeting, &reps, now, notices)?;
    note_meeting(ledger, meeting, now, notices)?;
    mail_change(ledger, meeting, (news, before), now, notices)?;
    show_meeting(ledger, meeting, now, notices)?;
    set_reminder_timer(ledger, meeting.lead, now, notices)
}
