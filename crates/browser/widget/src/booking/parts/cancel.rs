//! The confirmation of a cancellation.

use super::{El, booked, button, el, field, input};
use crate::booking::handle::Booking;

/// The reason and the button that confirms.
pub(super) fn cancel(booking: Booking) -> Vec<El> {
    let words = booking.words;
    let Some(meeting) = booking.peek(|state| state.meeting.clone()) else { return Vec::new() };
    let reason = booking.peek(|state| state.reason.clone());
    let input = input(booking, ("textarea", "reason"), &reason, |state, reason| state.reason = reason)
        .attr("rows", "3")
        .attr("maxlength", "1000")
        .attr("dir", "auto");
    let form = el("form", "booking-form").on("submit", move |event| {
        event.prevent_default();
        booking.cancel();
    });
    let mut shown = Vec::from(booked::details(booking, &meeting));
    shown.push(form.add([
        field(booking, "reason", words.say("cancel.why"), input),
        el("button", "booking-button booking-danger").attr("type", "submit").text(words.say("cancel.sure")),
        button("booking-button booking-quiet", words.say("cancel.keep"), move || booking.back()),
    ]));
    shown
}
