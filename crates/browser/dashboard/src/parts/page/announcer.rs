//! The live region that announces new signals to screen readers.

use leptos::prelude::*;

use crate::state::records::announcer::use_announcer;

/// The live region for screen readers.
#[component]
pub(crate) fn AnnouncerRegion() -> impl IntoView {
    let announcer = use_announcer();
    view! {
        <p class="unseen" aria-live="polite">
            {announcer.text}
        </p>
    }
}
