//! Changes of a meeting: reschedule, cancellation, reassignment, outcome, by the visitor or by the team.

use super::basis::Basis;
use super::busy::BusyTimes;
use super::effects::tell;
use super::limit::is_moved_enough;
use super::routed::{OfferedSlot, starts};
use super::title::word;
use crate::audited::{self, Note};
use crate::changes::Changes;
use crate::commands::meeting_status::MeetingFlow;
use crate::commands::meeting_status::{minutes, settings};
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, MeetingId, MeetingState, Millis, Reason, RepId, SignalId};
use knock_ports::{Ledger, Meeting, MeetingNews, Reservation, StoreError, View};
use knock_scheduling::{Mode, Span, Terms};
use knock_status::meeting::{Canceller, Event};
use serde_json::json;

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
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingChange {
    /// Rescheduled to that start.
    Move(Millis),
    Cancel {
        /// The reason, in their words.
        reason: Reason,
    },
    Reassign(RepId),
    /// Whether it took place; false is a no-show, none takes back what was said.
    Outcome(Option<bool>),
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
            MeetingChange::Move(start) => self.shift(ledger, &meeting, *start, changes),
            MeetingChange::Cancel { reason } => self.cancel(ledger, meeting, reason, changes),
            MeetingChange::Reassign(to) => self.reassign(ledger, &meeting, *to, changes),
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
            MeetingChange::Reassign(to) => meeting.owner == to,
            MeetingChange::Cancel { .. } | MeetingChange::Outcome(_) => false,
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
    fn shift(
        &self,
        ledger: &mut dyn Ledger,
        meeting: &Meeting,
        start: Millis,
        changes: &mut Changes,
    ) -> Result<Changed, StoreError> {
        if self.by == Canceller::Lead && is_moved_enough(ledger, meeting, self.now)? {
            return Ok(Changed::TooOften);
        }
        let offer = MovedOffer::load(ledger, meeting, &self.busy, self.now)?;
        let is_free = match self.by {
            Canceller::Lead => offer.slots().iter().any(|slot| slot.start == start),
            Canceller::Rep => start > self.now && offer.is_clear(start),
        };
        if !is_free {
            return Ok(Changed::Taken(offer.slots()));
        }
        let end = start + (meeting.end - meeting.start);
        let moved = Meeting { start, end, ..self.next(meeting) };
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
        let offer = MovedOffer::load(ledger, &next, &self.busy, self.now)?;
        if !offer.is_clear(meeting.start) {
            return Ok(Changed::Taken(Vec::new()));
        }
        self.replace(ledger, meeting, next, changes)
    }

    /// The meeting with the next sequence number, before the change is applied.
    fn next(&self, meeting: &Meeting) -> Meeting {
        let mut next = Meeting { sequence: meeting.sequence + 1, updated_at: self.now, ..meeting.clone() };
        next.details.reminded_until = self.now;
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

    fn cancel(
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

/// A change of a meeting by a member of the team, with an entry in the audit log.
#[derive(Clone, Debug)]
pub struct TeamMeetingChange(pub ChangeMeeting);

impl audited::Change for TeamMeetingChange {
    type Outcome = Changed;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(Changed, Option<Note>), StoreError> {
        let before = ledger.meeting(self.0.meeting)?;
        let changed = self.0.run(ledger, changes)?;
        let Changed::Done(meeting) = &changed else { return Ok((changed, None)) };
        if before.as_ref() == Some(&**meeting) {
            return Ok((changed, None));
        }
        let what = match &self.0.change {
            MeetingChange::Move(_) => "moved",
            MeetingChange::Cancel { .. } => "cancelled",
            MeetingChange::Reassign(_) => "reassigned",
            MeetingChange::Outcome(Some(true)) => "took_place",
            MeetingChange::Outcome(Some(false)) => "no_show",
            MeetingChange::Outcome(None) => "outcome_removed",
        };
        let about = audited::subject("meeting", meeting.id.to_string(), &*meeting.details.title);
        let note = Note::new(AuditAction::MeetingChanged, about).about(meeting.lead).with(json!({
            "what": what,
            "start": [before.map(|before| before.start.0), Some(meeting.start.0)],
        }));
        Ok((changed, Some(note)))
    }
}

/// The slots to which a meeting can be rescheduled.
pub struct MovedOffer<'b> {
    basis: Basis<'b>,
    reps: Vec<RepId>,
    terms: Terms,
}

impl<'b> MovedOffer<'b> {
    /// Reads the inputs.
    ///
    /// # Errors
    /// When the store fails.
    pub fn load(
        view: &dyn View,
        meeting: &Meeting,
        busy: &'b BusyTimes,
        now: Millis,
    ) -> Result<MovedOffer<'b>, StoreError> {
        let basis = Basis::load(view, busy, now, Some(meeting.details.visitor), Some(meeting))?;
        let duration = meeting.end - meeting.start;
        let terms = basis.terms(u32::try_from(duration.0 / Millis::MINUTE.0).ok());
        Ok(MovedOffer { basis, reps: meeting.details.reps.clone(), terms })
    }

    /// Returns the slots of the reps who take part.
    pub fn slots(&self) -> Vec<OfferedSlot> {
        let mode = if self.reps.len() == 1 { Mode::Single } else { Mode::All };
        starts(&self.basis, mode, &self.reps, &self.terms)
    }

    /// Whether one of the reps has a calendar that could not be read.
    pub fn is_unreachable(&self) -> bool {
        self.reps.iter().any(|rep| !self.basis.has_calendar(*rep))
    }

    /// Whether all reps are free from this start, whatever their working hours.
    pub(super) fn is_clear(&self, start: Millis) -> bool {
        let span = Span { start, end: start + self.terms.duration };
        self.reps.iter().all(|rep| self.basis.calendar(*rep, &self.terms).is_clear(span, &self.terms))
    }
}

/// Returns the reservations of a meeting, one for each rep.
pub(super) fn times(meeting: &Meeting) -> Vec<Reservation> {
    let Meeting { id, lead, start, end, .. } = *meeting;
    meeting.details.reps.iter().map(|rep| Reservation { id, rep: *rep, lead, start, end, hold: None }).collect()
}
