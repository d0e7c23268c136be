//! The frame of every step: back button, title and failure.

use leptos::web_sys::KeyboardEvent;
use wasm_bindgen::JsCast;

use super::{Below, El, bdi, booked, button, cancel, confirm, el, email, heading, line, mailed, refused, slots};
use crate::booking::handle::Booking;
use crate::booking::state::Step;

/// Fills the frame.
pub(super) fn frame(booking: Booking, root: El) {
    let words = booking.words;
    let is_page = booking.entry(|entry| entry.is_page);
    let back = move || match booking.peek(|state| state.previous()) {
        Some(_) => vec![button("booking-link", words.say("back"), move || booking.back())],
        None if is_page => Vec::new(),
        None => vec![button("booking-link", words.say("back.chat"), move || booking.leave())],
    };
    let trouble_key = move || booking.read(|state| [state.troubles, i32::from(state.trouble.is_some()), 0]);
    let about_key = move || booking.read(|state| [state.step as i32, state.duration as i32, state.answers_taken]);
    let title = heading(booking, Below::Once, "booking-title").attr("tabindex", "-1").says(move || title(booking));
    let wait =
        move || if booking.read(|state| state.is_busy) { words.say("loading").to_owned() } else { String::new() };
    root.keeps("aria-busy", move || Some(booking.read(|state| state.is_busy).to_string()))
        .on("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if !is_page && key.key() == "Escape" && !key.is_composing() {
                event.stop_propagation();
                booking.leave();
            }
        })
        .add([
            part().shows(move || booking.read(|state| [state.previous().map_or(-1, |step| step as i32), 0, 0]), back),
            part().shows(move || booking.read(|state| [state.step as i32, 0, 0]), move || headline(booking)),
            title,
            part().shows(about_key, move || about(booking)),
            el("p", "booking-wait").attr("role", "status").says(wait),
            part().shows(trouble_key, move || trouble(booking)),
            part().shows(
                move || booking.read(|state| [state.step as i32, state.meetings, state.is_known().into()]),
                move || body(booking),
            ),
        ]);
}

/// An element without a layout box of its own.
fn part() -> El {
    el("div", "booking-part")
}

fn body(booking: Booking) -> Vec<El> {
    match booking.peek(|state| state.step) {
        Step::Opening => Vec::new(),
        Step::Email => email(booking),
        Step::Refused => refused(booking),
        Step::Slots => slots(booking),
        Step::Confirm => confirm(booking),
        Step::Shown => booked(booking),
        Step::Cancel => cancel(booking),
        Step::Mailed => mailed(booking),
    }
}

/// The title of a step.
fn title(booking: Booking) -> String {
    let key = booking.read(|state| {
        let meeting = state.meeting.as_ref().map(|meeting| (&*meeting.state, meeting.can_change));
        match (state.step, meeting) {
            (Step::Opening, _) => "book",
            (Step::Email, _) if state.is_known() => "book",
            (Step::Email, _) => "email.title",
            (Step::Refused, _) => state.refusal,
            (Step::Slots, _) if state.is_moving => "slots.move",
            (Step::Slots, _) => "slots.title",
            (Step::Confirm, _) if state.is_moving => "confirm.move",
            (Step::Confirm, _) => "confirm.title",
            (Step::Cancel, _) => "cancel.title",
            (Step::Mailed, _) => "mailed.title",
            (Step::Shown, Some(("cancelled", _))) => "cancelled.title",
            (Step::Shown, _) if state.was_moved => "booked.moved",
            (Step::Shown, Some(("booked", _))) if state.started.is_some() => "booked.title",
            (Step::Shown, Some(("booked", _))) => "shown.title",
            (Step::Shown, _) => "over.title",
        }
    });
    booking.words.say(key).to_owned()
}

/// The greeting of the team at first: its first line is the headline.
fn headline(booking: Booking) -> Vec<El> {
    let greeting = booking.peek(|state| {
        let started = state.started.as_ref().filter(|_| state.step == Step::Email);
        started.map(|started| started.greeting.clone()).unwrap_or_default()
    });
    let (first, rest) = greeting.split_once('\n').unwrap_or((&greeting, ""));
    let lines = [("booking-headline", first), ("booking-greeting", rest.trim())].into_iter();
    lines.filter(|(_, text)| !text.is_empty()).map(|(class, text)| line(class, text).attr("dir", "auto")).collect()
}

/// The duration and the owner while they are useful.
fn about(booking: Booking) -> Vec<El> {
    let (step, duration, with) = booking.peek(|state| (state.step, state.duration, state.with.join(", ")));
    if !matches!(step, Step::Email | Step::Slots | Step::Confirm) {
        return Vec::new();
    }
    let mut parts = booking.words.fill("minutes", &[("n", &duration.to_string())]);
    if !with.is_empty() {
        parts = parts + " \u{b7} " + &booking.words.fill("slots.with", &[("names", &with)]);
    }
    vec![el("p", "booking-about").add([bdi(&parts)])]
}

fn trouble(booking: Booking) -> Vec<El> {
    let Some((key, reason)) = booking.peek(|state| state.trouble.clone()) else { return Vec::new() };
    let words = booking.words.fill(key, &[("reason", &reason)]);
    let notice = el("p", "notice notice-refused").attr("role", "alert").add([bdi(words.trim_end())]).text(" ");
    let again = || button("retry", booking.words.say("again"), move || booking.again());
    vec![if key == "trouble.away" || key == "trouble.closed" { notice.add([again()]) } else { notice }]
}
