//! The confirmation of a first booking by the owner of its address.

use super::book::{BookMeeting, BookedMeeting, Booking, SlotOutcome};
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::SignalId;
use knock_ports::{Ledger, StoreError};

/// Books a meeting whose booking was confirmed: `book` is what was requested, under the id of the unconfirmed booking.
#[derive(Clone, Debug)]
pub struct ConfirmBooking {
    pub book: BookMeeting,
    /// The id of the signal which says that the owner of the address has confirmed it.
    pub proof: SignalId,
}

/// The outcome of a confirmation.
#[derive(Clone, Debug)]
pub enum Confirmed {
    /// Booked by this confirmation or by an earlier one.
    Booked(Box<BookedMeeting>),
    /// There is no such booking: it has expired, was replaced, or its person was erased.
    Expired,
    /// It can no longer be booked: the slot is not free, or the rules or a limit forbid it.
    Unavailable,
}

impl Command for ConfirmBooking {
    type Outcome = Confirmed;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Confirmed, StoreError> {
        let (id, now) = (self.book.meeting, self.book.slot.step.arrival.now);
        if let Some(meeting) = ledger.meeting(id)? {
            return Ok(Confirmed::Booked(Box::new(BookedMeeting { meeting, is_new: false })));
        }
        if ledger.unconfirmed_booking(id)?.is_none_or(|booking| booking.expires_at <= now) {
            return Ok(Confirmed::Expired);
        }
        let step = &self.book.slot.step;
        step.arrival.identify(ledger, &step.email, self.proof, changes)?;
        Ok(match self.book.run(ledger, changes)? {
            SlotOutcome::Done(Booking::Booked(booked)) => Confirmed::Booked(booked),
            // It is confirmed, so that it does not wait again.
            SlotOutcome::Done(Booking::ToConfirm { .. }) => Confirmed::Expired,
            SlotOutcome::Taken(_)
            | SlotOutcome::Refused(_)
            | SlotOutcome::TooMany
            | SlotOutcome::TooManyMails
            | SlotOutcome::KeyReused => Confirmed::Unavailable,
        })
    }

    fn after(&self) -> After {
        self.book.after()
    }
}
