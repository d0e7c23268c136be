//! Why no meeting can be booked, and what else can be done.

use leptos::prelude::*;

use super::{button, line};
use crate::booking::handle::Booking;

/// What is said in place of slots.
pub(super) fn refused(booking: Booking) -> AnyView {
    let words = booking.words;
    let (refusal, email, is_known) = booking.peek(|state| (state.refusal, state.draft.email.clone(), state.is_known()));
    let text = match refusal {
        "refused.spam" => "refused.spam.text",
        "refused.private" => "refused.private.text",
        "refused.routing" => "refused.routing.text",
        _ => "refused.unbookable.text",
    };
    let is_of_address = refusal == "refused.spam" || refusal == "refused.private";
    let another =
        (is_of_address && !is_known).then(|| button("booking-button", words.say("another"), move || booking.back()));
    // What is no address of a person gets no chat offered.
    let chat = (refusal != "refused.spam")
        .then(|| button("booking-button booking-quiet", words.say("to.chat"), move || booking.leave()));
    view! {
        {line("booking-text", words.fill(text, &[("email", email.trim())]))}
        <div class="booking-row">{another}{chat}</div>
    }
    .into_any()
}
