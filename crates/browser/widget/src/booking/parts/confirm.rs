//! The chosen time before it is booked: with the visitor's name, or until the link in their mail is opened.

use leptos::prelude::*;

use super::{El, bdi, booked, button, el, field, input, line};
use crate::booking::handle::Booking;
use crate::booking::local::Local;

/// The last step before the meeting is booked or moved.
pub(super) fn confirm(booking: Booking) -> Vec<El> {
    let words = booking.words;
    let (is_moving, chosen, before, name, email) = booking.peek(|state| {
        let before = state.meeting.as_ref().and_then(|meeting| Local::parse(&meeting.local));
        let chosen = state.chosen.as_ref().map(|slot| slot.local);
        (state.is_moving, chosen, before, state.name.clone(), state.email.clone())
    });
    let mut shown = Vec::new();
    if let Some(before) = before.filter(|_| is_moving) {
        let was = words.say("was").to_owned() + ": ";
        shown.push(line("booking-was", &was).add([el("s", "").text(&booked::when(booking, before))]));
    }
    if let Some(chosen) = chosen {
        shown.push(line("booking-when", &booked::when(booking, chosen)));
    }
    shown.push(el("p", "field-hint").add([bdi(&booking.zone.get_untracked())]));
    let mut form = el("form", "booking-form").flag("novalidate", true).on("submit", move |event| {
        event.prevent_default();
        booking.confirm();
    });
    if !is_moving {
        shown.extend(hold(booking));
        let input = input(booking, ("input", "name"), &name, |state, name| state.name = name)
            .attr("type", "text")
            .attr("autocomplete", "name")
            .attr("maxlength", "200")
            .attr("dir", "auto")
            .flag("required", true);
        let email = words.say("email.label").to_owned() + ": " + &email;
        form = form
            .add([field(booking, "name", words.say("name.label"), input), el("p", "field-hint").add([bdi(&email)])]);
    }
    let act = if is_moving { words.say("move.confirm") } else { words.say("confirm") };
    shown.push(form.add([
        el("button", "booking-button").attr("type", "submit").text(act),
        button("booking-link", words.say("other.time"), move || booking.back()),
    ]));
    shown
}

/// The chosen time before the link in the visitor's mail is opened.
pub(super) fn mailed(booking: Booking) -> Vec<El> {
    let words = booking.words;
    let (chosen, email) = booking.peek(|state| (state.chosen.as_ref().map(|slot| slot.local), state.email.clone()));
    let when = chosen.map(|local| booked::when(booking, local)).unwrap_or_default();
    let mut shown = vec![line("booking-text", &words.fill("mailed", &[("email", email.trim()), ("when", &when)]))];
    shown.extend(hold(booking));
    shown.push(button("booking-link", words.say("other.time"), move || booking.back()));
    shown
}

/// The remaining time of the hold; its end is announced, each second is not.
fn hold(booking: Booking) -> [El; 2] {
    let words = booking.words;
    let left = move || booking.read(|state| state.left(booking.now.get()));
    let held = move || left().map(|left| words.fill("confirm.held", &[("left", &left)])).unwrap_or_default();
    let over = move || if left().is_none() { words.say("confirm.over") } else { "" }.to_owned();
    [
        el("p", "field-hint").attr("role", "timer").attr("aria-live", "off").says(held),
        el("p", "field-hint").attr("role", "status").says(over),
    ]
}
