//! The way to the meeting that this browser has booked, above the log of the chat.

use leptos::prelude::*;

use super::{Icon, IconMark};
use crate::view::View;
use crate::words::Text;

#[component]
pub(crate) fn MeetingBar(view: View) -> impl IntoView {
    view! {
        <button class="meeting-bar" type="button" hidden=move || !view.has_meeting.get() on:click=move |_| view.book()>
            <IconMark icon=Icon::Calendar />
            {view.say(Text::Meeting)}
        </button>
    }
}
