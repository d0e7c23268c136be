//! The times of a day.

use leptos::prelude::*;

use super::button;
use crate::booking::handle::Booking;
use crate::booking::state::Slot;

/// The times of the chosen day; nothing where it has none.
pub(super) fn times(booking: Booking) -> Option<AnyView> {
    let (day, slots) = booking.read(|state| Some((state.day?, state.times(state.day?))))?;
    if slots.is_empty() {
        return None;
    }
    let date = booking.write("date", day.midnight());
    let time = |slot: &Slot| {
        // Where the clock is set back, a time comes twice.
        let is_twice = slots.iter().any(|other| other != slot && other.local.minute == slot.local.minute);
        let (words, chosen) = (clock(booking, slot, is_twice), slot.clone());
        view! { <li>{button("time-button", words, move || booking.choose(chosen.clone()))}</li> }
    };
    let times = slots.iter().map(time).collect::<Vec<_>>();
    Some(
        view! {
            <h4 class="times-title" id="knock-times" tabindex="-1">
                {booking.words.fill("day.times", &[("day", &date)])}
            </h4>
            <ul class="times" role="list" aria-labelledby="knock-times">{times}</ul>
        }
        .into_any(),
    )
}

/// The time of a slot; with its offset where that tells it from another.
fn clock(booking: Booking, slot: &Slot, with_offset: bool) -> String {
    let time = booking.write("time", slot.local.clock());
    if with_offset { time + " " + &slot.local.offset() } else { time }
}
