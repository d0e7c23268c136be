//! What became of the event of a meeting in the calendar of a rep: a change of the meeting, or one that waits for its owner.

use super::busy::{Busy, BusyTimes};
use super::change::{ChangeMeeting, Changed, MeetingChange};
use super::written::save_entries;
use crate::audited::{Change, Note};
use crate::changes::Changes;
use crate::commands::meeting_status::settings;
use crate::happened::Happened;
use knock_model::{CalendarAccountId, CalendarChanges, MeetingId, Millis, Reason, SignalId, UnreachableCalendar};
use knock_ports::{EntryChange, EntryFound, EntryThere, EntryWaits, Ledger, Meeting, StoreError, View, WrittenEntry};
use knock_scheduling::Span;
use knock_status::meeting::Canceller;
use knock_wire::MeetingSettings;

/// So many events that are gone at once are no cancellations: the calendar may have been emptied.
const MANY: usize = 3;
/// The longest event that can be a meeting.
const LONGEST: Millis = Millis::DAY;

/// Notes what became of the event of a meeting in the calendar of a rep, as its provider answered when asked for it. Its
/// actor is that rep.
#[derive(Clone, Debug)]
pub struct NoteEntry {
    pub account: CalendarAccountId,
    pub meeting: MeetingId,
    /// The sequence of the meeting when the calendar was asked.
    pub sequence: u32,
    pub found: EntryFound,
    /// The entries of this account that were found gone in the same round.
    pub gone: usize,
    /// The busy times of connected calendars.
    pub busy: BusyTimes,
    /// An id for the fact.
    pub id: SignalId,
    pub now: Millis,
}

/// The outcome of [`NoteEntry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryNoted {
    /// The meeting is as it was: the event is as it should be, nothing follows from it, or it is known already.
    Nothing,
    /// The change waits for the owner of the meeting from now on.
    Waits,
    /// The meeting was moved or cancelled.
    Applied,
}

/// The start and the end to which an event was moved; none: it was deleted.
type Moved = Option<(Millis, Millis)>;

/// An event beside its meeting.
enum Seen {
    AsItIs {
        is_declined: bool,
    },
    /// At a time that no meeting has.
    Unclear,
    Changed(Moved),
}

impl Change for NoteEntry {
    type Outcome = EntryNoted;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(EntryNoted, Option<Note>), StoreError> {
        let Some((meeting, entry)) = self.current(ledger)? else { return Ok((EntryNoted::Nothing, None)) };
        match self.seen(&meeting) {
            Seen::Unclear => Ok((EntryNoted::Nothing, None)),
            Seen::AsItIs { is_declined } => {
                let entry = WrittenEntry { is_declined, change: None, ..entry };
                save_entry(ledger, &meeting, entry, changes)?;
                Ok((EntryNoted::Nothing, None))
            }
            Seen::Changed(moved) => self.follow(ledger, &meeting, entry, moved, changes),
        }
    }
}

impl NoteEntry {
    /// The meeting and its event, if what was read is of their current version.
    fn current(&self, view: &dyn View) -> Result<Option<(Meeting, WrittenEntry)>, StoreError> {
        let (meeting, account) = (view.meeting(self.meeting)?, view.calendar(self.account)?);
        let (Some(meeting), Some(account)) = (meeting, account) else { return Ok(None) };
        let entry = meeting.details.entries.iter().find(|entry| entry.account == self.account).cloned();
        let Some(entry) = entry else { return Ok(None) };
        let is_current = meeting.is_upcoming(self.now)
            && [meeting.sequence, entry.sequence] == [self.sequence; 2]
            && meeting.details.reps.contains(&entry.member)
            // Where another calendar was chosen, the event is taken out of this one by Knock itself.
            && account.details.events_in == entry.calendar;
        Ok(is_current.then_some((meeting, entry)))
    }

    fn seen(&self, meeting: &Meeting) -> Seen {
        match &self.found {
            EntryFound::Gone => Seen::Changed(None),
            EntryFound::Unclear => Seen::Unclear,
            EntryFound::There(EntryThere { start, end, declined, .. }) => {
                if (*start, *end) == (meeting.start, meeting.end) {
                    let email = &meeting.details.email;
                    let is_declined = declined.iter().any(|address| address.eq_ignore_ascii_case(email));
                    Seen::AsItIs { is_declined }
                } else if end <= start || *end - *start > LONGEST {
                    Seen::Unclear
                } else {
                    Seen::Changed(Some((*start, *end)))
                }
            }
        }
    }

    /// Makes the change one of the meeting, if the settings and the time allow it; else it waits.
    fn follow(
        &self,
        ledger: &mut dyn Ledger,
        meeting: &Meeting,
        entry: WrittenEntry,
        moved: Moved,
        changes: &mut Changes,
    ) -> Result<(EntryNoted, Option<Note>), StoreError> {
        let settings = settings(ledger)?;
        if settings.calendar_changes == CalendarChanges::Ignore {
            save_entry(ledger, meeting, WrittenEntry { change: None, ..entry }, changes)?;
            return Ok((EntryNoted::Nothing, None));
        }
        if entry.change.as_ref().is_some_and(|known| known.moved == moved) {
            // Its owner was asked: only an answer, or another change, ends that.
            return Ok((EntryNoted::Nothing, None));
        }
        if let Some(why) = self.waits(meeting, &entry, moved, &settings) {
            return self.wait(ledger, meeting, entry, (moved, why), changes);
        }
        if moved.is_some() && self.is_unreachable(meeting, &settings) {
            // A time of which nothing is known is not free; the next round looks again.
            return Ok((EntryNoted::Nothing, None));
        }
        let (changed, note) = self.change(&entry, moved).noted(ledger, true, changes)?;
        match changed {
            Changed::Done(_) => Ok((EntryNoted::Applied, note)),
            Changed::Taken(_) => self.wait(ledger, meeting, entry, (moved, EntryWaits::Taken), changes),
            Changed::NotFound
            | Changed::Over
            | Changed::TooLate
            | Changed::TooOften
            | Changed::Past
            | Changed::NoneWaits => Ok((EntryNoted::Nothing, None)),
        }
    }

    /// Why it is not made at once, whatever else happens at the new time.
    fn waits(
        &self,
        meeting: &Meeting,
        entry: &WrittenEntry,
        moved: Moved,
        settings: &MeetingSettings,
    ) -> Option<EntryWaits> {
        if settings.calendar_changes == CalendarChanges::Ask {
            return Some(EntryWaits::Asked);
        }
        if entry.member != meeting.owner {
            return Some(EntryWaits::OtherMember);
        }
        match moved {
            Some((start, _)) if start <= self.now => Some(EntryWaits::Past),
            None if self.gone >= MANY => Some(EntryWaits::Many),
            Some(_) | None => None,
        }
    }

    /// Whether another calendar of a rep cannot be read, and takes time for that.
    fn is_unreachable(&self, meeting: &Meeting, settings: &MeetingSettings) -> bool {
        let reps = &meeting.details.reps;
        settings.unreachable_calendar == UnreachableCalendar::Block
            && reps.iter().any(|rep| self.busy.get(rep) == Some(&Busy::Unreachable))
    }

    /// The change of the meeting, as the rep would make it in Knock.
    fn change(&self, entry: &WrittenEntry, moved: Moved) -> ChangeMeeting {
        let change = match moved {
            Some((start, end)) => MeetingChange::Retime(Span { start, end }),
            None => MeetingChange::Cancel { reason: Reason::default() },
        };
        let NoteEntry { meeting, id, now, .. } = *self;
        ChangeMeeting {
            meeting,
            change,
            by: Canceller::Rep,
            member: Some(entry.member),
            busy: self.busy.clone(),
            id,
            now,
        }
    }

    /// Stores that the change waits, and says so to those whom it concerns.
    fn wait(
        &self,
        ledger: &mut dyn Ledger,
        meeting: &Meeting,
        entry: WrittenEntry,
        (moved, why): (Moved, EntryWaits),
        changes: &mut Changes,
    ) -> Result<(EntryNoted, Option<Note>), StoreError> {
        let change = EntryChange { moved, why, seen_at: self.now };
        let (member, is_moved) = (entry.member, moved.is_some());
        save_entry(ledger, meeting, WrittenEntry { change: Some(change), ..entry }, changes)?;
        changes.happened(self.now, Happened::EntryWaits { meeting: Box::new(meeting.clone()), member, is_moved });
        Ok((EntryNoted::Waits, None))
    }
}

/// Stores one event of a meeting in place of what was known of it.
fn save_entry(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    entry: WrittenEntry,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut entries = meeting.details.entries.clone();
    entries.iter_mut().filter(|known| known.account == entry.account).for_each(|known| *known = entry.clone());
    save_entries(ledger, meeting, entries, changes)
}
