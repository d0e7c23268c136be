//! The icons, built as elements: a page's policy may forbid markup from text.

use leptos::prelude::*;

/// An icon of the set in `www/icons`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Attach,
    /// Books a meeting.
    Calendar,
    Close,
    /// Scrolls to the end.
    Down,
    Send,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Icon::Attach => {
                "m16 6-8.4 8.6a2 2 0 0 0 2.8 2.8l8.4-8.6a4 4 0 1 0-5.7-5.7l-8.4 8.6a6 6 0 1 0 8.5 8.5l8.4-8.6"
            }
            Icon::Calendar => {
                "M8 2v4M16 2v4M3 10h18M5 4h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM9 16l2 2 4-4"
            }
            Icon::Close => "M18 6 6 18M6 6l12 12",
            Icon::Down => "M12 5v14M19 12l-7 7-7-7",
            Icon::Send => "m5 12 7-7 7 7M12 19V5",
        }
    }
}

/// An icon beside words, or in a button with a label, that say the same.
#[component]
pub(crate) fn IconMark(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" viewBox="0 0 24 24">
            <path d=icon.path() />
        </svg>
    }
}
