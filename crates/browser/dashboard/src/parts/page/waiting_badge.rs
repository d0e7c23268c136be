//! The number of waiting chats, beside the name of the inbox.

use leptos::prelude::*;

use crate::notifications::use_notifications;
use crate::words::badge_words;

/// The count, while there is one.
#[component]
pub(crate) fn WaitingBadge() -> impl IntoView {
    let notifications = use_notifications();
    let count = Memo::new(move |_| notifications.count());
    let words = Signal::derive(move || badge_words(count.get()));
    view! {
        <span class="nav-badge" hidden=Signal::derive(move || count.get() == 0)>
            {words}
            <span class="unseen">" waiting"</span>
        </span>
    }
}
