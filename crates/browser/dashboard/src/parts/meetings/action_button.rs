//! A button of an action on a meeting.

use leptos::prelude::*;

use crate::kit::reactive::handler;
use crate::state::meetings::changing::MeetingChanges;
use crate::words::meeting_action::MeetingAction;

/// The button of an action.
pub(super) fn action_button(changes: MeetingChanges, action: MeetingAction) -> AnyView {
    view! {
        <button
            class="button"
            type="button"
            prop:disabled=changes.is_busy
            on:click=handler(move |_| changes.choose(action))
        >
            {action.label()}
        </button>
    }
    .into_any()
}
