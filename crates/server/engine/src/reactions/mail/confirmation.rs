//! The mail by which the owner of an address confirms a booking.

use crate::changes::Changes;
use crate::effects::Letter;
use knock_model::{Label, Millis};
use knock_ports::{ConfirmationMail, Ledger, MeetingParty, StoreError, UnconfirmedBooking};

/// Enqueues the confirmation mail of a booking, its only mail and notification until the confirmation.
pub(super) fn mail_link(
    ledger: &mut dyn Ledger,
    booking: &UnconfirmedBooking,
    site: &str,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let details = &booking.details;
    let data = &ConfirmationMail {
        to: MeetingParty { name: details.name.clone(), email: details.email.clone() },
        lead: booking.lead,
        booking: booking.id,
        start: booking.start,
        end: booking.end,
        zone: details.zone.clone(),
        language: details.language,
        site: Label::parse(site),
        link: details.link.clone(),
        expires_at: booking.expires_at,
    };
    let (kind, lead, ordering_key) = (ConfirmationMail::KIND, Some(booking.lead), *booking.id.as_bytes());
    Letter { kind, data, lead, ordering_key, now }.enqueue(ledger, changes)
}
