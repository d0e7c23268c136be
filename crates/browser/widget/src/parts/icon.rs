//! The icons, built as elements: a page may forbid markup from text.

use leptos::prelude::*;

/// An icon of the set in `www/icons`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    /// Closes.
    Close,
    /// Leads to the end.
    Down,
    /// Sends.
    Send,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Icon::Close => "M18 6 6 18M6 6l12 12",
            Icon::Down => "M12 5v14M19 12l-7 7-7-7",
            Icon::Send => "m5 12 7-7 7 7M12 19V5",
        }
    }
}

/// An icon beside words, or in a button with a label, that say the same.
#[component]
pub(crate) fn IconMark(
    /// Which.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" viewBox="0 0 24 24">
            <path d=icon.path() />
        </svg>
    }
}
