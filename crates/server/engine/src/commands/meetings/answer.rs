//! The answer to a change that a rep made in their own calendar and that waits: it becomes one of the meeting, or is undone.

use super::change::{ChangeMeeting, Changed};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use knock_model::{Reason, RepId};
use knock_ports::{EntryChange, Ledger, Meeting, StoreError};
use knock_scheduling::Span;

/// The change that waits, with the rep who made it: that of the owner before others.
pub(crate) fn waiting_change(meeting: &Meeting) -> Option<(RepId, &EntryChange)> {
    let waiting = meeting.details.entries.iter().filter_map(|entry| Some((entry.member, entry.change.as_ref()?)));
    waiting.min_by_key(|(member, _)| *member != meeting.owner)
}

impl ChangeMeeting {
    /// Moves or cancels the meeting as its event was. The time is checked again: it may be taken by now.
    pub(super) fn apply_waiting(
        &self,
        ledger: &mut dyn Ledger,
        meeting: Meeting,
        changes: &mut Changes,
    ) -> Result<Changed, StoreError> {
        let Some(moved) = waiting_change(&meeting).map(|(_, change)| change.moved) else {
            return Ok(Changed::NoneWaits);
        };
        match moved {
            None => self.cancel(ledger, meeting, &Reason::default(), changes),
            Some((start, _)) if start <= self.now => Ok(Changed::Past),
            Some((start, end)) => self.shift(ledger, &meeting, Span { start, end }, changes),
        }
    }

    /// Writes the events again as the meeting is: with the next sequence number, as a calendar keeps what has the same. Its
    /// time stays, so that its lead gets no mail and its reminders are due as before.
    pub(super) fn put_back(
        &self,
        ledger: &mut dyn Ledger,
        meeting: &Meeting,
        changes: &mut Changes,
    ) -> Result<Changed, StoreError> {
        if waiting_change(meeting).is_none() {
            return Ok(Changed::NoneWaits);
        }
        let mut next = self.next(meeting);
        next.details.reminded_until = meeting.details.reminded_until;
        ledger.save_meeting(&next)?;
        changes.happened(self.now, Happened::MeetingPutBack { meeting: Box::new(next.clone()) });
        changes.push(Notice::Lead(next.lead));
        Ok(Changed::Done(Box::new(next)))
    }
}
