//! What is around every step: the way back, what the step is called, what went wrong.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;

use super::{booked, button, cancel, confirm, email, refused, slots};
use crate::booking::handle::Booking;
use crate::booking::state::Step;

/// The frame.
pub(super) fn frame(booking: Booking) -> AnyView {
    let (root, words) = (NodeRef::<Div>::new(), booking.words);
    let is_page = booking.entry(|entry| entry.is_page);
    Effect::new(move || {
        if let Some(root) = root.get() {
            booking.live(root.into());
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if !is_page && event.key() == "Escape" && !event.is_composing() {
            event.stop_propagation();
            booking.leave();
        }
    };
    let step = Memo::new(move |_| booking.read(|state| state.step));
    let back = move || match booking.read(|state| state.previous()) {
        Some(_) => Some(button("booking-link", words.say("back"), move || booking.back())),
        None if is_page => None,
        None => Some(button("booking-link", words.say("back.chat"), move || booking.leave())),
    };
    let body = move || match step.get() {
        Step::Opening => ().into_any(),
        Step::Email => email(booking),
        Step::Refused => refused(booking),
        Step::Slots => slots(booking),
        Step::Confirm => confirm(booking),
        Step::Shown => booked(booking),
        Step::Cancel => cancel(booking),
    };
    view! {
        <div class="booking" node_ref=root on:keydown=on_key aria-busy=move || booking.read(|state| state.is_busy).to_string()>
            {back}
            <h3 class="booking-title" tabindex="-1">{move || title(booking, step.get())}</h3>
            {move || about(booking, step.get())}
            <p class="booking-wait" role="status">
                {move || booking.read(|state| state.is_busy).then(|| words.say("loading"))}
            </p>
            {move || trouble(booking)}
            {body}
        </div>
    }
    .into_any()
}

/// What a step is called.
fn title(booking: Booking, step: Step) -> &'static str {
    let state = |key: &'static str| booking.words.say(key);
    match step {
        Step::Opening => state("book"),
        Step::Email if booking.read(|state| state.is_known()) => state("book"),
        Step::Email => state("email.title"),
        Step::Refused => booking.words.say(booking.read(|state| state.refusal)),
        Step::Slots if booking.read(|state| state.is_moving) => state("slots.move"),
        Step::Slots => state("slots.title"),
        Step::Confirm if booking.read(|state| state.is_moving) => state("confirm.move"),
        Step::Confirm => state("confirm.title"),
        Step::Shown => {
            booking.read(|found| match found.meeting.as_ref().map(|meeting| (&*meeting.state, meeting.can_change)) {
                Some(("cancelled", _)) => state("cancelled.title"),
                _ if found.was_moved => state("booked.moved"),
                Some(("booked", true)) if found.started.is_some() => state("booked.title"),
                Some(("booked", _)) => state("shown.title"),
                _ => state("over.title"),
            })
        }
        Step::Cancel => state("cancel.title"),
    }
}

/// How long it takes and with whom, while that is of use; at first what the team says of it.
fn about(booking: Booking, step: Step) -> Option<AnyView> {
    if !matches!(step, Step::Email | Step::Slots | Step::Confirm) {
        return None;
    }
    let words = booking.words;
    let (duration, with, greeting) = booking.read(|state| {
        let greeting = state.started.as_ref().map(|started| started.greeting.clone());
        (state.duration, state.with.join(", "), greeting.filter(|_| step == Step::Email).unwrap_or_default())
    });
    let mut parts = words.fill("minutes", &[("n", &duration.to_string())]);
    if !with.is_empty() {
        parts = parts + " \u{b7} " + &words.fill("slots.with", &[("names", &with)]);
    }
    let greeting = (!greeting.is_empty()).then(|| view! { <p class="booking-greeting" dir="auto">{greeting}</p> });
    Some(view! { <p class="booking-about"><bdi>{parts}</bdi></p> {greeting} }.into_any())
}

fn trouble(booking: Booking) -> Option<AnyView> {
    let (key, reason) = booking.read(|state| state.trouble.clone())?;
    let words = booking.words.fill(key, &[("reason", &reason)]);
    let again = (key == "trouble.away" || key == "trouble.closed")
        .then(|| button("retry", booking.words.say("again"), move || booking.again()));
    Some(view! { <p class="notice notice-refused" role="alert"><bdi>{words}</bdi>" "{again}</p> }.into_any())
}
