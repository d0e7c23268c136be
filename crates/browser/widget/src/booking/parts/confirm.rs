//! The chosen time before it is booked, and the visitor's name.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::email::{field, is_wrong};
use super::{booked, button};
use crate::booking::handle::Booking;
use crate::booking::local::Local;

/// The last step before the meeting is booked or moved.
pub(super) fn confirm(booking: Booking) -> AnyView {
    let words = booking.words;
    let (is_moving, chosen, before) = booking.peek(|state| {
        let before = state.meeting.as_ref().and_then(|meeting| Local::parse(&meeting.local));
        (state.is_moving, state.chosen.as_ref().map(|slot| slot.local), before)
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        booking.confirm();
    };
    let was = before.filter(|_| is_moving).map(|before| {
        view! { <p class="booking-was">{words.say("was")} ": " <s>{booked::when(booking, before)}</s></p> }
    });
    let name = (!is_moving).then(|| {
        let input = view! {
            <input
                class="field-input"
                id="knock-name"
                type="text"
                autocomplete="name"
                required
                maxlength="200"
                dir="auto"
                aria-invalid=move || is_wrong(booking, "name")
                aria-describedby="knock-name-wrong"
                prop:value=booking.peek(|state| state.draft.name.clone())
                on:input=move |event| {
                    let name = event_target_value(&event);
                    booking.edit(|state| state.draft.name = name);
                }
            />
        };
        field(booking, "name".to_owned(), words.say("name.label").to_owned(), input.into_any())
    });
    view! {
        {was}
        <p class="booking-when">{chosen.map(|chosen| booked::when(booking, chosen))}</p>
        <p class="field-hint"><bdi>{booking.zone.get_untracked()}</bdi></p>
        {(!is_moving).then(|| hold(booking))}
        <form class="booking-form" novalidate on:submit=on_submit>
            {name}
            <button class="booking-button" type="submit" aria-disabled=move || booking.read(|state| state.is_busy).to_string()>
                {words.say(if is_moving { "move.confirm" } else { "confirm" })}
            </button>
            {button("booking-link", words.say("other.time"), move || booking.back())}
        </form>
    }
    .into_any()
}

/// How long the time is held; that it is over is announced, each second is not.
fn hold(booking: Booking) -> AnyView {
    let words = booking.words;
    let left = Memo::new(move |_| booking.read(|state| state.left(booking.now.get())));
    let over = Memo::new(move |_| left.with(Option::is_none));
    view! {
        <p class="field-hint" role="timer" aria-live="off">
            {move || left.get().map(|left| words.fill("confirm.held", &[("left", &left)]))}
        </p>
        <p class="field-hint" role="status">{move || over.get().then(|| words.say("confirm.over"))}</p>
    }
    .into_any()
}
