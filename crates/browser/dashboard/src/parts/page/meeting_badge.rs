//! The number of meetings that were booked or changed since the member looked, beside the name of their page.

use leptos::prelude::*;

use crate::kit::reactive::{derived, memo};
use crate::state::inbox::notifications::use_notifications;
use crate::words::notification::badge_words;

/// The count, while there is one.
#[component]
pub(crate) fn MeetingBadge() -> impl IntoView {
    let notifications = use_notifications();
    let count = memo(move || notifications.unseen_meetings());
    let words = derived(move || badge_words(count.get()));
    view! {
        <span class="nav-badge nav-news" hidden=derived(move || count.get() == 0)>
            {words}
            <span class="unseen">" new or changed"</span>
        </span>
    }
}
