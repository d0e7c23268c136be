//! The category of a signal.

use knock_model::Category;
use leptos::prelude::*;

use crate::words::category::Tone;

/// The category, tinted by its weight for a purchase.
#[component]
pub(crate) fn CategoryChip(category: Category) -> impl IntoView {
    let class = match Tone::of(category) {
        Tone::Strong => "chip chip-strong",
        Tone::Fair => "chip chip-fair",
        Tone::Faint => "chip",
    };
    view! { <span class=class>{category.as_str()}</span> }
}
