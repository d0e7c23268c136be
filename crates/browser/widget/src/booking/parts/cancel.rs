//! Whether the meeting is to be cancelled, asked once more.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::{booked, button};
use crate::booking::handle::Booking;

/// The second press.
pub(super) fn cancel(booking: Booking) -> AnyView {
    let words = booking.words;
    let details = booking.peek(|state| state.meeting.clone()).map(|meeting| booked::details(booking, &meeting));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        booking.cancel();
    };
    view! {
        {details}
        <form class="booking-form" on:submit=on_submit>
            <div class="field">
                <label class="field-label" for="knock-reason">{words.say("cancel.why")}</label>
                <textarea
                    class="field-input"
                    id="knock-reason"
                    rows="3"
                    maxlength="1000"
                    dir="auto"
                    on:input=move |event| {
                        let reason = event_target_value(&event);
                        booking.edit(|state| state.reason = reason);
                    }
                ></textarea>
            </div>
            <button class="booking-button booking-danger" type="submit">{words.say("cancel.sure")}</button>
            {button("booking-button booking-quiet", words.say("cancel.keep"), move || booking.back())}
        </form>
    }
    .into_any()
}
