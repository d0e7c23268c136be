//! The state of a meeting, as a badge.

use knock_wire::MeetingRow;
use leptos::prelude::*;

use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, memo};
use crate::parts::page::badge::badge_class;
use crate::words::meeting::standing;

/// Booked, under way, over, cancelled, or not attended.
#[component]
pub(crate) fn StandingBadge(meeting: MeetingRow) -> impl IntoView {
    let clock = use_clock();
    let words = memo(move || standing(&meeting, clock.now()));
    view! {
        <span class=derived(move || badge_class(words.get().words().1))>{derived(move || words.get().words().0)}</span>
    }
}
