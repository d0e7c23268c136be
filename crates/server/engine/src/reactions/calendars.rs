//! Meetings in the calendars of their reps.

use crate::changes::Changes;
use crate::happened::Happened;
use crate::meeting_pages::all_meetings;
use crate::notice::Notice;
use knock_model::{CalendarAccountId, Destination, Millis, RepId};
use knock_ports::{
    CalendarEvent, ConnectedCalendar, Effect, Ledger, Meeting, MeetingQuery, NewDelivery, StoreError, View,
};

pub(super) fn react(
    ledger: &mut dyn Ledger,
    what: &Happened,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    match what {
        Happened::MeetingChanged { meeting, before, .. } => {
            let had = before.as_ref().map(|before| before.details.reps.as_slice()).unwrap_or_default();
            let reps = [&meeting.details.reps, had].concat();
            write_for(ledger, meeting, &reps, now, changes)
        }
        Happened::MeetingPutBack { meeting } | Happened::ConferenceKnown { meeting } => {
            write_for(ledger, meeting, &meeting.details.reps, now, changes)
        }
        Happened::CalendarsChosen { member, accounts } => write_all(ledger, *member, accounts, now, changes),
        _ => Ok(()),
    }
}

/// Writes a meeting into the accounts of reps.
fn write_for(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    reps: &[RepId],
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut calendars = ledger.calendars()?;
    calendars.retain(|calendar| reps.contains(&calendar.member));
    write_into(ledger, meeting, &calendars, now, changes)
}

/// Writes the meetings to come of a member into accounts.
fn write_all(
    ledger: &mut dyn Ledger,
    member: RepId,
    accounts: &[CalendarAccountId],
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut calendars = ledger.calendars_of(member)?;
    calendars.retain(|calendar| accounts.contains(&calendar.id));
    for meeting in meetings_to_come(ledger, member, now)? {
        write_into(ledger, &meeting, &calendars, now, changes)?;
    }
    Ok(())
}

/// Enqueues a write of a meeting into accounts, or its removal, by its state at delivery. Those that never had a meeting
/// get none of it.
fn write_into(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    calendars: &[ConnectedCalendar],
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for calendar in calendars.iter().filter(|calendar| !calendar.details.written.is_empty()) {
        let data = serde_json::to_string(&CalendarEvent { meeting: meeting.id });
        let data = data.map_err(|error| StoreError::Broken(error.to_string()))?;
        ledger.enqueue(&NewDelivery {
            to: Destination::calendar(calendar.id),
            effect: Effect { kind: CalendarEvent::KIND, data, at: now },
            lead: Some(meeting.lead),
            // Deliveries of one meeting arrive in order: the last one writes its latest state.
            ordering_key: *meeting.id.as_bytes(),
            stored_at: now,
        })?;
        changes.push(Notice::Outbox);
    }
    Ok(())
}

/// Whether meetings of a rep are written into a calendar of theirs.
pub(super) fn is_written(view: &dyn View, rep: RepId) -> Result<bool, StoreError> {
    Ok(view.calendars_of(rep)?.iter().any(|calendar| !calendar.details.events_in.is_empty()))
}

/// Returns the meetings of a member that are not over, cancelled ones included.
fn meetings_to_come(view: &dyn View, member: RepId, now: Millis) -> Result<Vec<Meeting>, StoreError> {
    let which = MeetingQuery { from: Some(now), ..MeetingQuery::default() };
    let mut meetings = all_meetings(view, &which)?;
    meetings.retain(|meeting| meeting.details.reps.contains(&member));
    Ok(meetings)
}
