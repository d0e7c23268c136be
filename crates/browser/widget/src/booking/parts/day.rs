//! The times of a day.

use super::{Below, El, button, el, heading};
use crate::booking::handle::Booking;
use crate::booking::state::Slot;

/// The times of the chosen day; empty without slots.
pub(super) fn times(booking: Booking) -> Vec<El> {
    let Some(day) = booking.peek(|state| state.day) else { return Vec::new() };
    let slots = booking.peek(|state| state.times(day));
    if slots.is_empty() {
        return Vec::new();
    }
    let time = |slot: &Slot| {
        // When the clock is set back, a time occurs twice.
        let is_twice = slots.iter().any(|other| other != slot && other.local.minute == slot.local.minute);
        let (words, chosen) = (clock(booking, slot, is_twice), slot.clone());
        el("li", "").add([button("time-button", &words, move || booking.choose(chosen.clone()))])
    };
    let date = booking.write("date", day.midnight());
    let title = booking.words.fill("day.times", &[("day", &date)]);
    vec![
        heading(booking, Below::Twice, "times-title").attr("id", "knock-times").attr("tabindex", "-1").text(&title),
        el("ul", "times").attr("role", "list").attr("aria-labelledby", "knock-times").add_all(slots.iter().map(time)),
    ]
}

/// The time of a slot; with its offset where that distinguishes it from another.
fn clock(booking: Booking, slot: &Slot, with_offset: bool) -> String {
    let time = booking.write("time", slot.local.clock());
    if with_offset { time + " " + &slot.local.offset() } else { time }
}
