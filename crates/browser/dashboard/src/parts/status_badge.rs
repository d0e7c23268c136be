//! Chat Status as a badge.

use leptos::prelude::*;

use crate::words::StatusTone;

/// The status, by word and by how much it asks of a rep.
#[component]
pub(crate) fn StatusBadge(
    /// Chat Status.
    #[prop(into)]
    status: Signal<String>,
) -> impl IntoView {
    let class = move || match status.with(|status| StatusTone::of(status)) {
        StatusTone::Attention => "badge badge-medium",
        StatusTone::Good => "badge badge-high",
        StatusTone::Open => "badge badge-open",
        StatusTone::Muted => "badge badge-low",
    };
    view! { <span class=class>{status}</span> }
}
