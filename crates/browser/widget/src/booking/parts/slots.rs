//! Days and times to choose from, in the visitor's zone.

use leptos::prelude::*;

use super::{button, month, times, zone};
use crate::booking::handle::Booking;

/// The choice of a slot.
pub(super) fn slots(booking: Booking) -> AnyView {
    let words = booking.words;
    let notes = move || {
        let (is_taken, is_unreachable) = booking.read(|state| (state.is_taken, state.is_unreachable));
        let note = |key| view! { <p class="notice">{words.say(key)}</p> };
        (is_taken.then(|| note("slots.taken")), is_unreachable.then(|| note("slots.unreachable")))
    };
    view! {
        <div role="status">{notes}</div>
        <div class="booking-slots">
            <div>{month(booking)}</div>
            <div class="booking-times">{move || times(booking)} {move || empty(booking)}</div>
        </div>
        {zone(booking)}
    }
    .into_any()
}

/// Says that a month has no slots, and where the next ones are.
fn empty(booking: Booking) -> Option<AnyView> {
    let words = booking.words;
    if !booking.read(|state| state.slots.as_ref().is_some_and(Vec::is_empty)) {
        return None;
    }
    let Some(next) = booking.read(|state| state.next) else {
        return Some(view! { <p class="booking-text">{words.say("slots.none")}</p> }.into_any());
    };
    let day = booking.write("date", next.day.midnight());
    let go = button("booking-button booking-quiet", words.fill("slots.next", &[("day", &day)]), move || {
        booking.pick(next.day);
        booking.focus(".booking-title");
    });
    Some(view! { <p class="booking-text">{words.say("slots.none.month")}</p> {go} }.into_any())
}
