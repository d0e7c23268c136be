//! The number of waiting chats, beside the name of the inbox.

use leptos::prelude::*;

use crate::notifications::use_notifications;
use crate::reactive::{derived, memo};
use crate::words::badge_words;

/// The count, while there is one.
#[component]
pub(crate) fn WaitingBadge() -> impl IntoView {
    let notifications = use_notifications();
    let count = memo(move || notifications.count());
    let words = derived(move || badge_words(count.get()));
    view! {
        <span class="nav-badge" hidden=derived(move || count.get() == 0)>
            {words}
            <span class="unseen">" waiting"</span>
        </span>
    }
}
