//! Days and times to choose from, in the visitor's zone.

use super::{El, button, el, line, month, times, zone};
use crate::booking::handle::Booking;

/// The choice of a slot.
pub(super) fn slots(booking: Booking) -> Vec<El> {
    let notes = el("div", "booking-part").attr("role", "status").shows(
        move || booking.read(|state| [state.is_taken.into(), state.is_unreachable.into(), 0]),
        move || notes(booking),
    );
    // The times of a day are redrawn when another day is chosen, or when slots arrive.
    let key = move || {
        booking.read(|state| [state.day.map_or(-1, |day| day.0), state.answers_taken, state.slots.is_some().into()])
    };
    let shown = el("div", "booking-times").shows(key, move || {
        let mut shown = times(booking);
        shown.extend(empty(booking));
        shown
    });
    let grid = el("div", "").add_all(month(booking));
    vec![notes, el("div", "booking-slots").add([grid, shown]), zone(booking)]
}

fn notes(booking: Booking) -> Vec<El> {
    let (is_taken, is_unreachable) = booking.peek(|state| (state.is_taken, state.is_unreachable));
    let mut notes = Vec::new();
    for (is_shown, key) in [(is_taken, "slots.taken"), (is_unreachable, "slots.unreachable")] {
        if is_shown {
            notes.push(line("notice", booking.words.say(key)));
        }
    }
    notes
}

/// A notice that a month has no slots, with a link to the next ones.
fn empty(booking: Booking) -> Vec<El> {
    let words = booking.words;
    if !booking.peek(|state| state.slots.as_ref().is_some_and(Vec::is_empty)) {
        return Vec::new();
    }
    let Some(next) = booking.peek(|state| state.next) else {
        return vec![line("booking-text", words.say("slots.none"))];
    };
    let day = booking.write("date", next.day.midnight());
    let go = button("booking-button booking-quiet", &words.fill("slots.next", &[("day", &day)]), move || {
        booking.pick(next.day);
        booking.focus(".booking-title");
    });
    vec![line("booking-text", words.say("slots.none.month")), go]
}
