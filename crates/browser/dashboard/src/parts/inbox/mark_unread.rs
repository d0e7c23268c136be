//! Marking an open conversation as unread.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::kit::browser;
use crate::kit::reactive::{handler, memo};
use crate::state::inbox::list::use_inbox;
use crate::state::inbox::reading::Reading;
use crate::state::inbox::thread::Thread;

/// A line of a menu that marks the conversation as unread and returns to the list; it also advances the read marker.
#[component]
pub(crate) fn MarkUnread(
    thread: Thread,
    /// The id of the menu.
    menu: &'static str,
) -> impl IntoView {
    let inbox = use_inbox()?;
    let reading = Reading::start(thread, inbox);
    let navigate = use_navigate();
    let pressed = move |_| {
        browser::close_popover(menu);
        let navigate = navigate.clone();
        let leave = move || {
            // The page may have been left.
            if inbox.view.try_get_untracked().is_some() {
                navigate(&untrack(|| inbox.address(None)), Default::default());
            }
        };
        reading.mark_unread(leave);
    };
    let has_none = memo(move || !reading.has_messages());
    Some(view! {
        <li class="menu-line" hidden=has_none>
            <button class="menu-link" type="button" on:click=handler(pressed)>
                "Mark as unread"
            </button>
        </li>
    })
}
