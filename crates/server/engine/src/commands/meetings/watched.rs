//! The events of meetings to come that a watcher of calendars looks at.

use crate::meeting_pages::all_meetings;
use knock_model::{CalendarAccountId, MeetingId, MeetingState, Millis};
use knock_ports::{ConnectedCalendar, Meeting, MeetingQuery, StoreError, View};
use std::collections::BTreeMap;

/// The event of a meeting that is not over, in a calendar of a rep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedEntry {
    pub meeting: MeetingId,
    /// The id of the calendar.
    pub calendar: String,
    /// The sequence of the meeting.
    pub sequence: u32,
    pub start: Millis,
    pub end: Millis,
    /// Whether it is known that this version was written; false for one of before such notes.
    pub is_known: bool,
}

/// Returns what a watcher of calendars looks at, by account: the events of meetings that are not over, in the calendar into
/// which the account's meetings are written. Those that are still to be written are left out.
///
/// # Errors
/// When the store fails.
pub fn watched_entries(
    view: &dyn View,
    now: Millis,
) -> Result<BTreeMap<CalendarAccountId, Vec<WatchedEntry>>, StoreError> {
    let mut calendars = view.calendars()?;
    calendars.retain(|calendar| !calendar.details.events_in.is_empty());
    let mut watched: BTreeMap<CalendarAccountId, Vec<WatchedEntry>> = BTreeMap::new();
    if calendars.is_empty() {
        return Ok(watched);
    }
    let which = MeetingQuery { from: Some(now), state: Some(MeetingState::Booked), ..MeetingQuery::default() };
    for meeting in all_meetings(view, &which)? {
        for calendar in calendars.iter().filter(|calendar| meeting.details.reps.contains(&calendar.member)) {
            if let Some(entry) = watched_entry(&meeting, calendar) {
                watched.entry(calendar.id).or_default().push(entry);
            }
        }
    }
    Ok(watched)
}

/// The event of a meeting in an account; none while another version or another calendar is to be written.
fn watched_entry(meeting: &Meeting, calendar: &ConnectedCalendar) -> Option<WatchedEntry> {
    let known = meeting.details.entries.iter().find(|entry| entry.account == calendar.id);
    let events_in = &calendar.details.events_in;
    if known.is_some_and(|known| known.sequence != meeting.sequence || known.calendar != *events_in) {
        return None;
    }
    let Meeting { id, start, end, sequence, .. } = *meeting;
    let is_known = known.is_some();
    Some(WatchedEntry { meeting: id, calendar: events_in.clone(), sequence, start, end, is_known })
}
