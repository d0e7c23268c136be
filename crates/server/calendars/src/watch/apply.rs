//! What becomes of an answer about an entry.

use super::CalendarWatch;
use super::look::{Answer, Look, is_same};
use knock_context::{random10, read};
use knock_engine::CommitError;
use knock_engine::commands::{EntryNoted, NoteEntry, NoteWritten, WatchedEntry, busy_window};
use knock_model::{MeetingId, Millis, SignalId};
use knock_ports::{Actor, BusyTimes, Calendars, EntryFound};
use std::sync::Arc;

impl CalendarWatch {
    /// Has the engine decide about an answer; `gone` entries of the account are gone in this round.
    pub(super) async fn take(&self, look: &Look, (entry, found): Answer<'_>, gone: usize) -> Result<(), CommitError> {
        let (account, member, now) = (look.calendar.id, look.member.id, self.core.clock.now());
        let (meeting, sequence) = (entry.meeting, entry.sequence);
        if !self.is_still_so(look, entry).await? {
            return Ok(());
        }
        if !entry.is_known {
            // Written by a version that did not note it. At another time it may be an older version of the meeting.
            if is_same(entry, &found) {
                let written = Some((entry.calendar.clone(), sequence));
                self.core.writer.commit(NoteWritten { account, meeting, member, written, now }).await?;
            }
            return Ok(());
        }
        let busy = match &found {
            EntryFound::There(there) if !is_same(entry, &found) => {
                self.busy_times(meeting, there.start, there.end).await?
            }
            EntryFound::There(_) | EntryFound::Unclear | EntryFound::Gone => BusyTimes::new(),
        };
        let actor = Actor::Member { id: member, email: look.member.email.clone() };
        let id = SignalId::new(now, &random10(&*self.core.chance));
        let note = NoteEntry { account, meeting, sequence, found, gone, busy, id, now };
        match self.core.make(actor, note).await? {
            EntryNoted::Applied => self.reader.forget(account),
            EntryNoted::Nothing | EntryNoted::Waits => {}
        }
        Ok(())
    }

    /// Whether an entry is still in the calendar that was asked. A delivery that moves one to another calendar, or takes
    /// it out, notes that before it removes anything: read after the answer, this parts its work from the owner's.
    async fn is_still_so(&self, look: &Look, entry: &WatchedEntry) -> Result<bool, CommitError> {
        let (account, entry) = (look.calendar.id, entry.clone());
        let found = read(Arc::clone(&self.core.store), move |view| {
            let (calendar, meeting) = (view.calendar(account)?, view.meeting(entry.meeting)?);
            let (Some(calendar), Some(meeting)) = (calendar, meeting) else { return Ok(false) };
            let written = meeting.details.entries.iter().find(|written| written.account == account);
            Ok(match written {
                Some(written) => {
                    (&written.calendar, written.sequence, entry.is_known) == (&entry.calendar, entry.sequence, true)
                }
                None => !entry.is_known && calendar.details.events_in == entry.calendar,
            })
        });
        Ok(found.await?)
    }

    /// The busy times of the reps of a meeting as they are now, around a time.
    async fn busy_times(&self, meeting: MeetingId, start: Millis, end: Millis) -> Result<BusyTimes, CommitError> {
        let now = self.core.clock.now();
        let found = read(Arc::clone(&self.core.store), move |view| {
            let reps = view.meeting(meeting)?.map(|meeting| meeting.details.reps).unwrap_or_default();
            let mut accounts = view.calendars()?;
            accounts.retain(|account| reps.contains(&account.member));
            Ok((reps, accounts, busy_window(view, now)?))
        });
        let (reps, accounts, window) = found.await?;
        accounts.iter().for_each(|account| self.reader.forget(account.id));
        // The reading also serves visitors: they ask for the whole window.
        let is_within = window.start <= start && end <= window.end;
        let (from, to) = if is_within { (window.start, window.end) } else { (start, end) };
        Ok(self.reader.busy(&reps, from, to).await)
    }
}
