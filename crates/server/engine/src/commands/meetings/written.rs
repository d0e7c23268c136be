//! The events of a meeting in the calendars of its reps, as deliveries wrote them.

use crate::changes::Changes;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{CalendarAccountId, MeetingId, Millis, RepId};
use knock_ports::{EntryChange, Ledger, Meeting, StoreError, WrittenEntry};

/// Notes that the event of a meeting was written into a calendar, or removed from it.
#[derive(Clone, Debug)]
pub struct NoteWritten {
    pub account: CalendarAccountId,
    pub meeting: MeetingId,
    /// The member whose account it is.
    pub member: RepId,
    /// The calendar and the sequence that was written; none: it was removed.
    pub written: Option<(String, u32)>,
    pub now: Millis,
}

impl Command for NoteWritten {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let Some(meeting) = ledger.meeting(self.meeting)? else { return Ok(()) };
        let (calendars, mut entries) = (ledger.calendars()?, meeting.details.entries.clone());
        // An account that was disconnected meanwhile is watched no more.
        entries.retain(|entry| calendars.iter().any(|calendar| calendar.id == entry.account));
        let is_connected =
            calendars.iter().any(|calendar| calendar.id == self.account && calendar.member == self.member);
        match &self.written {
            None => entries.retain(|entry| entry.account != self.account),
            Some((calendar, sequence)) if is_connected && self.is_its(&meeting) => {
                self.put(&mut entries, calendar, *sequence);
            }
            Some(_) => {}
        }
        save_entries(ledger, &meeting, entries, changes)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl NoteWritten {
    /// Whether the meeting belongs into the calendar of the member still.
    fn is_its(&self, meeting: &Meeting) -> bool {
        meeting.is_upcoming(self.now) && meeting.details.reps.contains(&self.member)
    }

    fn put(&self, entries: &mut Vec<WrittenEntry>, calendar: &str, sequence: u32) {
        let (account, member, calendar) = (self.account, self.member, calendar.to_owned());
        let written = WrittenEntry { account, member, calendar, sequence, is_declined: false, change: None };
        match entries.iter_mut().find(|entry| entry.account == account) {
            // A delivery may end after a later one.
            Some(known) if known.sequence > sequence => {}
            Some(known) if known.calendar == written.calendar => {
                // The same version again says nothing new.
                if known.sequence < sequence {
                    *known = WrittenEntry { is_declined: known.is_declined, ..written };
                }
            }
            Some(known) => *known = written,
            None => entries.push(written),
        }
    }
}

/// Stores the events of a meeting, if they are other ones now. That is no change of the meeting: its sequence stays, and
/// only what lists show of it is a notice.
pub(super) fn save_entries(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    entries: Vec<WrittenEntry>,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if entries == meeting.details.entries {
        return Ok(());
    }
    if shown(&entries) != shown(&meeting.details.entries) {
        changes.push(Notice::Lead(meeting.lead));
    }
    let mut noted = meeting.clone();
    noted.details.entries = entries;
    ledger.save_meeting(&noted)
}

/// The part that lists show.
fn shown(entries: &[WrittenEntry]) -> Vec<(RepId, bool, Option<&EntryChange>)> {
    let noteworthy = entries.iter().filter(|entry| entry.is_declined || entry.change.is_some());
    noteworthy.map(|entry| (entry.member, entry.is_declined, entry.change.as_ref())).collect()
}
