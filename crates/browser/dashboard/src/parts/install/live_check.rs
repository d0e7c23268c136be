//! The arrival of a site's signals.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::time_ago::TimeAgo;
use crate::words::arrival::Arrival;

/// A waiting state, or the last arrival.
#[component]
pub(crate) fn LiveCheck(
    /// The arrival of the site's signals.
    #[prop(into)]
    arrival: Signal<Arrival>,
) -> impl IntoView {
    let arrival = memo(move || arrival.get());
    let words = move || match arrival.get() {
        Arrival::Waiting => view! {
            <span class="check-pulse" aria-hidden="true"></span>
            <span>"Waiting for the first signal\u{2026}"</span>
        }
        .into_any(),
        Arrival::First { what, at } => view! {
            <IconMark icon=Icon::Check />
            <span>"First signal received (" <bdi>{what}</bdi> ", " <TimeAgo at /> ")"</span>
        }
        .into_any(),
        Arrival::Added { origin, .. } => view! {
            <span class="check-pulse" aria-hidden="true"></span>
            <span>
                <bdi>{origin}</bdi> " was added. Open or reload a page of it: waiting for its first signal\u{2026}"
            </span>
        }
        .into_any(),
        Arrival::Receiving { at } => view! {
            <IconMark icon=Icon::Check />
            <span>"Receiving signals, the newest " <TimeAgo at /></span>
        }
        .into_any(),
    };
    let class = move || match arrival.get() {
        Arrival::Waiting | Arrival::Added { .. } => "check check-waiting",
        Arrival::First { .. } | Arrival::Receiving { .. } => "check check-done",
    };
    view! {
        <p class=derived(class) role="status">
            {dynamic(words)}
        </p>
    }
}
