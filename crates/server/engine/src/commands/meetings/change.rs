//! Changes of a meeting: reschedule, cancellation, reassignment, outcome, by the visitor or by the team.

use super::busy::BusyTimes;
use super::effects::tell;
use super::limit::is_moved_enough;
use super::offer::{MovedOffer, times};
use super::routed::OfferedSlot;
use super::title::word;
use crate::changes::Changes;
use crate::commands::meeting_status::MeetingFlow;
use crate::commands::meeting_status::{minutes, settings};
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{Location, MeetingId, MeetingState, Millis, Reason, RepId, SignalId};
use knock_ports::{Ledger, Meeting, MeetingNews, StoreError};
use knock_scheduling::Span;
use knock_status::meeting::{Canceller, Event};

/// The outcome of a change of a meeting.
#[derive(Clone, Debug)]
pub enum Changed {
    /// Changed; the meeting after the change.
    Done(Box<Meeting>),
    NotFound,
    /// The meeting was cancelled or is over.
    Over,
    /// The cutoff has passed: the visitor can no longer change it.
    TooLate,
    /// The visitor has moved it as often within a day as they may.
    TooOften,
    /// The time is not free; the slots that are.
    Taken(Vec<OfferedSlot>),
    /// The time to which a calendar moved it is over.
    Past,
    /// No change in a calendar waits for an answer.
    NoneWaits,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingChange {
    /// Rescheduled to that start.
    Move(Millis),
    /// Rescheduled to that start and that end.
    Retime(Span),
    Cancel {
        /// The reason, in their words.
        reason: Reason,
    },
    Reassign(RepId),
    /// Whether it took place; false is a no-show, none takes back what was said.
    Outcome(Option<bool>),
    /// The change that a rep made in their own calendar, and that waits, becomes one of the meeting.
    ApplyCalendar,
    /// That change is undone: the meeting stays, and its events are written again.
    UndoCalendar,
}

#[derive(Clone, Debug)]
pub struct ChangeMeeting {
    pub meeting: MeetingId,
    pub change: MeetingChange,
    /// The party that makes it: a visitor only until the cutoff.
    pub by: Canceller,
    /// The member of the team who makes it, where one does.
    pub member: Option<RepId>,
    /// The busy times of connected calendars.
    pub busy: BusyTimes,
    /// An id for the fact.
    pub id: SignalId,
    pub now: Millis,
}

impl Command for ChangeMeeting {
    type Outcome = Changed;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Changed, StoreError> {
        let Some(meeting) = ledger.meeting(self.meeting)? else { return Ok(Changed::NotFound) };
        if let MeetingChange::Outcome(took_place) = self.change {
            return self.mark(ledger, meeting, took_place, changes);
        }
        if !meeting.is_upcoming(self.now) {
            return Ok(Changed::Over);
        }
        let cutoff = minutes(settings(ledger)?.cutoff_min);
        if self.by == Canceller::Lead && self.now > meeting.start - cutoff {
            return Ok(Changed::TooLate);
        }
        if self.is_done(&meeting) {
            return Ok(Changed::Done(Box::new(meeting)));
        }
        match &self.change {
            MeetingChange::Move(start) => {
                let span = Span { start: *start, end: *start + (meeting.end - meeting.start) };
                self.shift(ledger, &meeting, span, changes)
            }
            MeetingChange::Retime(span) => self.shift(ledger, &meeting, *span, changes),
            MeetingChange::Cancel { reason } => self.cancel(ledger, meeting, reason, changes),
            MeetingChange::Reassign(to) => self.reassign(ledger, &meeting, *to, changes),
            MeetingChange::ApplyCalendar => self.apply_waiting(ledger, meeting, changes),
            MeetingChange::UndoCalendar => self.put_back(ledger, &meeting, changes),
            MeetingChange::Outcome(_) => Ok(Changed::NotFound),
        }
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl ChangeMeeting {
    /// Whether the change was made already: a response may have been lost, and the request repeated.
    fn is_done(&self, meeting: &Meeting) -> bool {
        match self.change {
            MeetingChange::Move(start) => meeting.start == start,
            MeetingChange::Retime(span) => (meeting.start, meeting.end) == (span.start, span.end),
            MeetingChange::Reassign(to) => meeting.owner == to,
            MeetingChange::Cancel { .. }
            | MeetingChange::Outcome(_)
            | MeetingChange::ApplyCalendar
            | MeetingChange::UndoCalendar => false,
        }
    }

    /// Notes or takes back the outcome, from the start on; it does not change Meeting Status (R17).
    fn mark(
        &self,
        ledger: &mut dyn Ledger,
        meeting: Meeting,
        took_place: Option<bool>,
        changes: &mut Changes,
    ) -> Result<Changed, StoreError> {
        if meeting.state == MeetingState::Cancelled || self.now < meeting.start {
            return Ok(Changed::Over);
        }
        let state = match took_place {
            Some(true) => MeetingState::Held,
            Some(false) => MeetingState::NoShow,
            None => MeetingState::Booked,
        };
        if meeting.state == state {
            return Ok(Changed::Done(Box::new(meeting)));
        }
        let meeting = Meeting { state, updated_at: self.now, ..meeting };
        ledger.save_meeting(&meeting)?;
        changes.happened(self.now, Happened::MeetingMarked { meeting: Box::new(meeting.clone()) });
        changes.push(Notice::Lead(meeting.lead));
        Ok(Changed::Done(Box::new(meeting)))
    }

    /// Reschedules the meeting; its own time is free for it (SC-12). A visitor chooses among the slots of the same
    /// reps; the team any free time.
    pub(super) fn shift(
        &self,
        ledger: &mut dyn Ledger,
        meeting: &Meeting,
        span: Span,
        changes: &mut Changes,
    ) -> Result<Changed, StoreError> {
        if self.by == Canceller::Lead && is_moved_enough(ledger, meeting, self.now)? {
            return Ok(Changed::TooOften);
        }
        let offer = MovedOffer::load(ledger, meeting, &self.busy, self.now)?;
        let is_free = match self.by {
            Canceller::Lead => offer.slots().iter().any(|slot| slot.start == span.start),
            Canceller::Rep => span.start > self.now && offer.is_clear(span),
        };
        if !is_free {
            return Ok(Changed::Taken(offer.slots()));
        }
        let moved = Meeting { start: span.start, end: span.end, ..self.next(meeting) };
        self.replace(ledger, meeting, moved, changes)
    }

    fn reassign(
        &self,
        ledger: &mut dyn Ledger,
        meeting: &Meeting,
        to: RepId,
        changes: &mut Changes,
    ) -> Result<Changed, StoreError> {
        let mut next = self.next(meeting);
        next.details.reps.retain(|rep| *rep != meeting.owner && *rep != to);
        next.details.reps.insert(0, to);
        next.owner = to;
        // It is that of the former owner's event, which is removed.
        next.details.conference = Location::default();
        let offer = MovedOffer::load(ledger, &next, &self.busy, self.now)?;
        if !offer.is_clear(Span { start: meeting.start, end: meeting.end }) {
            return Ok(Changed::Taken(Vec::new()));
        }
        self.replace(ledger, meeting, next, changes)
    }

    /// The meeting with the next sequence number, before the change is applied. It is written into calendars again, so a
    /// change there waits no more.
    pub(super) fn next(&self, meeting: &Meeting) -> Meeting {
        let mut next = Meeting { sequence: meeting.sequence + 1, updated_at: self.now, ..meeting.clone() };
        next.details.reminded_until = self.now;
        next.details.entries.iter_mut().for_each(|entry| entry.change = None);
        next
    }

    /// Reserves the new time in place of the old one.
    fn replace(
        &self,
        ledger: &mut dyn Ledger,
        before: &Meeting,
        mut after: Meeting,
        changes: &mut Changes,
    ) -> Result<Changed, StoreError> {
        ledger.release(before.id)?;
        if !ledger.reserve(&times(&after))? {
            // The old time was released just now, so it is free.
            ledger.reserve(&times(before))?;
            return Ok(Changed::Taken(Vec::new()));
        }
        word(ledger, &mut after)?;
        ledger.save_meeting(&after)?;
        let owner = (after.owner != before.owner).then(|| after.owner.to_string());
        let event = Event::Rescheduled { meeting: after.id.to_string(), start: after.start, owner };
        self.note(ledger, &after, event, changes)?;
        tell(ledger, &after, (MeetingNews::Changed, Some(before)), self.member, self.now, changes)?;
        Ok(Changed::Done(Box::new(after)))
    }

    pub(super) fn cancel(
        &self,
        ledger: &mut dyn Ledger,
        meeting: Meeting,
        reason: &Reason,
        changes: &mut Changes,
    ) -> Result<Changed, StoreError> {
        let mut cancelled = Meeting { state: MeetingState::Cancelled, ..self.next(&meeting) };
        cancelled.details.cancelled_by = Some(self.by);
        cancelled.details.cancelled_by_member = self.member;
        cancelled.details.reason = reason.clone();
        ledger.release(meeting.id)?;
        ledger.save_meeting(&cancelled)?;
        let event = Event::Cancelled { meeting: meeting.id.to_string(), by: self.by };
        self.note(ledger, &cancelled, event, changes)?;
        tell(ledger, &cancelled, (MeetingNews::Cancelled, None), self.member, self.now, changes)?;
        Ok(Changed::Done(Box::new(cancelled)))
    }

    fn note(
        &self,
        ledger: &mut dyn Ledger,
        meeting: &Meeting,
        event: Event,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let mut flow = MeetingFlow::load(ledger, meeting.lead, self.now)?;
        flow.add(self.id, event);
        flow.apply(ledger, changes).map(drop)
    }
}
