//! Holds and bookings of slots: everything is checked again in the transaction that reserves the time (SC-10, SC-11).

use super::busy::BusyTimes;
use super::effects::tell;
use super::first_booking::{CONFIRMATION, has_to_confirm};
use super::limit::has_enough;
use super::routed::Offered;
use super::step::EmailStep;
use super::title::word;
use crate::changes::Changes;
use crate::commands::arrival::Arrival;
use crate::commands::mail_budget as budget;
use crate::commands::meeting_status::MeetingFlow;
use crate::first_touch::keep_first_touch;
use crate::happened::Happened;
use crate::writer::{After, Command};
use knock_agent::Language;
use knock_model::{
    Category, ConversationId, Description, LeadId, Location, MeetingId, MeetingState, Millis, Reason, RepId, SignalId,
    SignalType, Subject, VisitorId,
};
use knock_ports::{
    Answered, BookingDetails, Detail, Ledger, Meeting, MeetingDetails, MeetingNews, NewSignal, Reservation, SecretHash,
    StoreError, UnconfirmedBooking,
};
use knock_routing::{Assignee, CalendarMode};
use knock_status::meeting::{Event, Verdict};

/// The lifetime of a hold (SC-10).
pub const HOLD: Millis = Millis(5 * Millis::MINUTE.0);

/// The outcome of a request for a slot.
#[derive(Clone, Debug)]
pub enum SlotOutcome<T> {
    /// Reserved for the visitor.
    Done(T),
    /// The slot is not free; these slots are.
    Taken(Box<Offered>),
    /// The rules offer nothing to this lead.
    Refused(Box<Offered>),
    /// The lead or the browser has reached the limit of upcoming meetings.
    TooMany,
    /// The booking has to be confirmed by mail, and the address gets no more mails for now.
    TooManyMails,
    /// The same key was used for another request.
    KeyReused,
}

/// A start chosen by a visitor.
#[derive(Clone, Debug)]
pub struct SlotChoice {
    /// The visitor's e-mail step.
    pub step: EmailStep,
    /// The busy times of connected calendars.
    pub busy: BusyTimes,
    pub start: Millis,
}

/// An available start, with its lead and its reps.
struct Chosen {
    lead: LeadId,
    offered: Offered,
    /// The reps, the owner first.
    reps: Vec<RepId>,
}

impl SlotChoice {
    fn visitor(&self) -> VisitorId {
        self.step.arrival.visitor
    }

    /// Checks the start by all current data.
    fn check<T>(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<Result<Chosen, SlotOutcome<T>>, StoreError> {
        ledger.release_expired(self.step.arrival.now)?;
        let basis = self.step.basis(ledger, &self.busy)?;
        let (lead, offered) = self.step.take(ledger, &basis, changes)?;
        if offered.verdict() != Verdict::Ok {
            return Ok(Err(SlotOutcome::Refused(Box::new(offered))));
        }
        let Arrival { site, visitor, now, .. } = self.step.arrival;
        if has_enough(ledger, site, visitor, lead, now)? {
            return Ok(Err(SlotOutcome::TooMany));
        }
        let Some(slot) = offered.slots.iter().find(|slot| slot.start == self.start) else {
            return Ok(Err(SlotOutcome::Taken(Box::new(offered))));
        };
        let free = slot.reps.clone();
        if offered.mode != CalendarMode::Any {
            return Ok(Ok(Chosen { lead, offered, reps: free }));
        }
        // The owner of a pooled slot is fixed together with the slot (3.4).
        let decided = self.step.wanted(Some(lead)).offered_by(ledger, &basis, self.step.arrival.now, Some(&free))?;
        let owner = decided.decision.assignee.as_ref().and_then(Assignee::rep).and_then(|rep| RepId::parse(rep).ok());
        Ok(match owner {
            Some(owner) => Ok(Chosen { lead, offered: decided, reps: vec![owner] }),
            None => Err(SlotOutcome::Taken(Box::new(offered))),
        })
    }

    /// Reserves the time of the reps for a meeting or a hold; earlier holds of the visitor are released.
    fn reserve(
        &self,
        ledger: &mut dyn Ledger,
        chosen: &Chosen,
        id: MeetingId,
        until: Option<Millis>,
    ) -> Result<Option<Reservation>, StoreError> {
        for held in ledger.holds_of(self.visitor())? {
            ledger.release(held)?;
        }
        let times: Vec<Reservation> = chosen
            .reps
            .iter()
            .map(|rep| Reservation {
                id,
                rep: *rep,
                lead: chosen.lead,
                start: self.start,
                end: self.start + chosen.offered.duration,
                hold: until.map(|until| (self.visitor(), until)),
            })
            .collect();
        let is_taken = ledger.reserve(&times)?;
        Ok(times.into_iter().next().filter(|_| is_taken))
    }
}

/// Holds a slot for a visitor, in place of the visitor's earlier holds.
#[derive(Clone, Debug)]
pub struct HoldSlot {
    /// The slot, and the visitor.
    pub slot: SlotChoice,
    pub hold: MeetingId,
}

impl Command for HoldSlot {
    type Outcome = SlotOutcome<Reservation>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<SlotOutcome<Reservation>, StoreError> {
        let chosen = match self.slot.check(ledger, changes)? {
            Ok(chosen) => chosen,
            Err(asked) => return Ok(asked),
        };
        let until = self.slot.step.arrival.now + HOLD;
        let held = self.slot.reserve(ledger, &chosen, self.hold, Some(until))?;
        Ok(held.map_or_else(|| SlotOutcome::Taken(Box::new(chosen.offered)), SlotOutcome::Done))
    }

    fn after(&self) -> After {
        After::Browser(self.slot.visitor())
    }
}

/// Books a meeting, or holds its slot and mails the link that confirms it, where a first booking has to be confirmed.
#[derive(Clone, Debug)]
pub struct BookMeeting {
    /// The slot, and the visitor.
    pub slot: SlotChoice,
    pub meeting: MeetingId,
    /// Whether the owner of the address has confirmed this booking.
    pub is_confirmed: bool,
    /// The hashes of the idempotency key and of the request, if it may be repeated.
    pub key: Option<(SecretHash, SecretHash)>,
    /// The time zone of the visitor.
    pub zone: String,
    /// The language of the lead.
    pub language: Language,
    /// The answers, as they are shown.
    pub answers: Vec<Answered>,
    pub conversation: Option<ConversationId>,
    pub workspace: String,
    /// Ids for the booking, its signal and its decision.
    pub ids: [SignalId; 3],
}

#[derive(Clone, Debug)]
pub struct BookedMeeting {
    pub meeting: Meeting,
    /// Whether this request booked it, rather than an earlier one with its key.
    pub is_new: bool,
}

/// The result of a request to book.
#[derive(Clone, Debug)]
pub enum Booking {
    Booked(Box<BookedMeeting>),
    /// Nothing is booked before the link in the mail is opened.
    ToConfirm {
        booking: Box<UnconfirmedBooking>,
        /// Whether this request mailed the link, rather than an earlier one with its key.
        is_new: bool,
    },
}

impl Booking {
    /// Whether this request made it, rather than an earlier one with its key.
    pub fn is_new(&self) -> bool {
        match self {
            Booking::Booked(booked) => booked.is_new,
            Booking::ToConfirm { is_new, .. } => *is_new,
        }
    }
}

impl Command for BookMeeting {
    type Outcome = SlotOutcome<Booking>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<SlotOutcome<Booking>, StoreError> {
        if let Some(known) = self.known(ledger)? {
            return Ok(known);
        }
        let chosen = match self.slot.check(ledger, changes)? {
            Ok(chosen) => chosen,
            Err(asked) => return Ok(asked),
        };
        let now = self.slot.step.arrival.now;
        let waits = !self.is_confirmed && has_to_confirm(ledger, &self.slot.step, chosen.lead)?;
        // A mail that waits would come after the end of its link.
        if waits && !budget::is_free(ledger, &self.slot.step.email.to_text(), now)? {
            return Ok(SlotOutcome::TooManyMails);
        }
        let until = waits.then_some(now + CONFIRMATION);
        if self.slot.reserve(ledger, &chosen, self.meeting, until)?.is_none() {
            return Ok(SlotOutcome::Taken(Box::new(chosen.offered)));
        }
        if let Some(until) = until {
            let booking = Box::new(self.unconfirmed(&chosen, until));
            ledger.save_unconfirmed_booking(&booking)?;
            let (told, site) = (booking.clone(), self.workspace.clone());
            changes.happened(now, Happened::BookingWaits { booking: told, site });
            return Ok(SlotOutcome::Done(Booking::ToConfirm { booking, is_new: true }));
        }
        let meeting = self.record(ledger, &chosen, changes)?;
        if let Some((key, asked)) = self.key {
            ledger.save_booking_key(key, asked, meeting.id)?;
        }
        tell(ledger, &meeting, (MeetingNews::Booked, None), None, now, changes)?;
        Ok(SlotOutcome::Done(Booking::Booked(Box::new(BookedMeeting { meeting, is_new: true }))))
    }

    fn after(&self) -> After {
        After::Browser(self.slot.visitor())
    }
}

impl BookMeeting {
    /// Returns the outcome of an earlier request with this key (SC-11).
    fn known(&self, ledger: &dyn Ledger) -> Result<Option<SlotOutcome<Booking>>, StoreError> {
        let Some((key, asked)) = self.key else { return Ok(None) };
        let Some((before, id)) = ledger.booking_by_key(key)? else { return self.waiting(ledger) };
        if before != asked {
            return Ok(Some(SlotOutcome::KeyReused));
        }
        let booked = |meeting| Booking::Booked(Box::new(BookedMeeting { meeting, is_new: false }));
        Ok(ledger.meeting(id)?.map(|meeting| SlotOutcome::Done(booked(meeting))))
    }

    /// Returns the outcome of an earlier request with this key whose booking waits for its confirmation.
    fn waiting(&self, ledger: &dyn Ledger) -> Result<Option<SlotOutcome<Booking>>, StoreError> {
        let Some((key, asked)) = self.key.filter(|_| !self.is_confirmed) else { return Ok(None) };
        let now = self.slot.step.arrival.now;
        let known = ledger.unconfirmed_by_key(key)?.filter(|known| known.expires_at > now);
        Ok(known.map(|known| match known.key {
            Some((_, before)) if before == asked => {
                SlotOutcome::Done(Booking::ToConfirm { booking: Box::new(known), is_new: false })
            }
            _ => SlotOutcome::KeyReused,
        }))
    }

    /// The booking as it is stored until its confirmation.
    fn unconfirmed(&self, chosen: &Chosen, expires_at: Millis) -> UnconfirmedBooking {
        let EmailStep { arrival, email, name, answers, .. } = &self.slot.step;
        let details = BookingDetails {
            email: email.to_text(),
            name: name.clone(),
            zone: self.zone.clone(),
            language: self.language,
            answers: self.answers.clone(),
            fields: answers.clone(),
            link: arrival.link.clone(),
            site: arrival.site,
            visitor: arrival.visitor,
            session: arrival.session,
            conversation: self.conversation,
            calendar_of: self.slot.step.calendar_of,
        };
        let (start, key) = (self.slot.start, self.key);
        let end = start + chosen.offered.duration;
        UnconfirmedBooking { id: self.meeting, lead: chosen.lead, start, end, expires_at, key, details }
    }

    /// Stores the meeting, its fact, its signal and the decision that named its owner.
    fn record(&self, ledger: &mut dyn Ledger, chosen: &Chosen, changes: &mut Changes) -> Result<Meeting, StoreError> {
        let (step, now) = (&self.slot.step, self.slot.step.arrival.now);
        let meeting = self.meeting(ledger, chosen)?;
        ledger.save_meeting(&meeting)?;
        let decided = chosen.offered.decided(self.ids[2], chosen.lead, &step.arrival.link, now);
        if decided.decision.assignee.is_some() && chosen.offered.mode == CalendarMode::Any {
            ledger.append_decision(&decided)?;
            keep_first_touch(ledger, chosen.lead)?;
        }
        let detail = Detail { rule: "booking".into(), name: step.arrival.link.clone(), ..Detail::default() };
        let signal = step.arrival.signal(self.ids[1], SignalType::MeetingBooked, detail);
        let signal = NewSignal { category: Category::Demo, ..signal };
        step.arrival.append(ledger, signal, Vec::new(), changes)?;
        let mut flow = MeetingFlow::load(ledger, chosen.lead, now)?;
        let owner = meeting.owner.to_string();
        flow.add(self.ids[0], Event::Booked { meeting: meeting.id.to_string(), start: meeting.start, owner });
        flow.apply(ledger, changes)?;
        Ok(meeting)
    }

    fn meeting(&self, ledger: &dyn Ledger, chosen: &Chosen) -> Result<Meeting, StoreError> {
        let (step, now) = (&self.slot.step, self.slot.step.arrival.now);
        let details = MeetingDetails {
            reps: chosen.reps.clone(),
            title: Subject::default(),
            location: Location::default(),
            description: Description::default(),
            email: step.email.to_text(),
            name: step.name.clone(),
            zone: self.zone.clone(),
            language: self.language,
            answers: self.answers.clone(),
            link: step.arrival.link.clone(),
            site: step.arrival.site,
            visitor: step.arrival.visitor,
            session: step.arrival.session,
            conversation: self.conversation,
            cancelled_by: None,
            cancelled_by_member: None,
            reason: Reason::default(),
            reminded_until: now,
            by_hand: None,
            conference: Location::default(),
            entries: Vec::new(),
        };
        let mut meeting = Meeting {
            id: self.meeting,
            lead: chosen.lead,
            owner: chosen.reps.first().copied().unwrap_or(RepId::from_bytes([0; 16])),
            start: self.slot.start,
            end: self.slot.start + chosen.offered.duration,
            state: MeetingState::Booked,
            sequence: 0,
            booked_at: now,
            updated_at: now,
            details,
        };
        word(ledger, &mut meeting)?;
        Ok(meeting)
    }
}
