//! Chat Status as a badge.

use knock_wire::Word;
use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::parts::page::badge::badge_class;
use crate::words::chat::StatusTone;
use crate::words::form::BY_FORM;

/// The status, by word and by urgency for a rep.
#[component]
pub(crate) fn StatusBadge(
    /// Chat Status as a word: signals of texts are compiled anyway, those of another type would be extra code.
    #[prop(into)]
    status: Signal<String>,
) -> impl IntoView {
    let class = move || badge_class(status.with(|status| StatusTone::of(&Word::parse(status))));
    // A lead by form has no status before they chat.
    let words = move || status.with(|status| if status.is_empty() { BY_FORM.to_owned() } else { status.clone() });
    view! { <span class=derived(class)>{derived(words)}</span> }
}
