//! The number of waiting chats, beside the name of the inbox.

use leptos::prelude::*;

use crate::kit::reactive::{derived, memo};
use crate::state::inbox::notifications::use_notifications;
use crate::words::notification::badge_words;

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
