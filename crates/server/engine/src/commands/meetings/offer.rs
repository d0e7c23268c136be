//! The times to which a meeting can be moved.

use super::basis::Basis;
use super::busy::BusyTimes;
use super::routed::{OfferedSlot, starts};
use knock_model::{Millis, RepId};
use knock_ports::{Meeting, Reservation, StoreError, View};
use knock_scheduling::{Mode, Span, Terms};

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

    /// Whether all reps are free then, whatever their working hours.
    pub(super) fn is_clear(&self, span: Span) -> bool {
        self.reps.iter().all(|rep| self.basis.calendar(*rep, &self.terms).is_clear(span, &self.terms))
    }
}

/// Returns the reservations of a meeting, one for each rep.
pub(super) fn times(meeting: &Meeting) -> Vec<Reservation> {
    let Meeting { id, lead, start, end, .. } = *meeting;
    meeting.details.reps.iter().map(|rep| Reservation { id, rep: *rep, lead, start, end, hold: None }).collect()
}
