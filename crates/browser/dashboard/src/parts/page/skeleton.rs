//! Placeholder lines during loading.

use leptos::prelude::*;

const LINES: usize = 6;

/// A list during loading.
#[component]
pub(crate) fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="unseen">"Loading"</span>
            {(0..LINES).map(|_| view! { <div class="skeleton-line"></div> }).collect_view()}
        </div>
    }
}
