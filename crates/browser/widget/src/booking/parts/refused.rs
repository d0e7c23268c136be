//! The refusal of a booking, with alternatives.

use super::{El, button, el, line};
use crate::booking::handle::Booking;

/// The refusal in place of slots.
pub(super) fn refused(booking: Booking) -> Vec<El> {
    let words = booking.words;
    let (refusal, email, is_known) = booking.peek(|state| (state.refusal, state.email.clone(), state.is_known()));
    let text = match refusal {
        "refused.spam" => "refused.spam.text",
        "refused.private" => "refused.private.text",
        "refused.routing" => "refused.routing.text",
        _ => "refused.unbookable.text",
    };
    let mut ways = Vec::new();
    if (refusal == "refused.spam" || refusal == "refused.private") && !is_known {
        ways.push(button("booking-button", words.say("another"), move || booking.back()));
    }
    // No chat is offered to a spam address.
    if refusal != "refused.spam" {
        ways.push(button("booking-button booking-quiet", words.say("to.chat"), move || booking.leave()));
    }
    vec![line("booking-text", &words.fill(text, &[("email", email.trim())])), el("div", "booking-row").add_all(ways)]
}
