//! The boxes that select lines of the inbox.

use knock_wire::ConversationRow;
use leptos::prelude::*;

use crate::kit::reactive::{derived, memo};
use crate::state::inbox::selection::Selection;
use crate::words::chat::lead_label;

/// The box of a line; its label covers the edge of the line, for fingers.
#[component]
pub(crate) fn SelectLine(row: Signal<ConversationRow>, selection: Selection) -> impl IntoView {
    let lead = memo(move || row.with(|row| row.lead));
    let name = memo(move || row.with(lead_label));
    view! {
        <label class="inbox-check">
            <input
                type="checkbox"
                aria-label=derived(move || format!("Select {}", name.get()))
                prop:checked=derived(move || selection.has(lead.get()))
                on:change:target=move |event| selection.choose(lead.get_untracked(), event.target().checked())
            />
        </label>
    }
}

/// The box of all shown lines.
#[component]
pub(crate) fn SelectAll(
    selection: Selection,
    /// Whether there is no line.
    #[prop(into)]
    is_empty: Signal<bool>,
) -> impl IntoView {
    view! {
        <label class="inbox-check-all" title="Select all shown" hidden=is_empty>
            <input
                type="checkbox"
                aria-label="Select all shown"
                prop:checked=derived(move || selection.has_all())
                on:change:target=move |event| selection.choose_all(event.target().checked())
            />
        </label>
    }
}
