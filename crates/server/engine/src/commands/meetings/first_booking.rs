//! First bookings by an address that is not known to be the visitor's: the owner of the address confirms them by a link
//! in a mail, until when the slot is held.

use super::step::EmailStep;
use crate::commands::meeting_status::settings;
use knock_model::{LeadId, Millis};
use knock_ports::{EVER, StoreError, View};

/// The time in which a booking can be confirmed.
pub(super) const CONFIRMATION: Millis = Millis(30 * Millis::MINUTE.0);

/// Whether a booking of a lead has to be confirmed by mail. Without mail it never has.
pub(super) fn has_to_confirm(view: &dyn View, step: &EmailStep, lead: LeadId) -> Result<bool, StoreError> {
    if !settings(view)?.confirm_first_bookings || !view.settings()?.sends_mail {
        return Ok(false);
    }
    let browser = (step.arrival.site, step.arrival.visitor);
    let is_proven = view.proofs_of(lead, EVER)?.iter().any(|proof| proof.is_of(browser, &step.email));
    Ok(!is_proven && !has_booked(view, step, lead)?)
}

/// Whether a meeting was booked with the address of the step before, and its lead is no spam.
fn has_booked(view: &dyn View, step: &EmailStep, lead: LeadId) -> Result<bool, StoreError> {
    if view.lead(lead)?.is_none_or(|lead| lead.is_spam) {
        return Ok(false);
    }
    let email = step.email.to_text();
    Ok(view.meetings_of_lead(lead)?.iter().any(|meeting| meeting.details.email == email))
}
