//! `Knock: Intent Type`, with what activity suggests as long as it is unknown.

use knock_model::IntentType;
use knock_wire::Intent;
use leptos::prelude::*;

use crate::words::provisional;

/// The type; the provisional one beside it is said to be just that.
#[component]
pub(crate) fn IntentTypeMark(
    /// The intent it is of.
    #[prop(into)]
    intent: Signal<Intent>,
) -> impl IntoView {
    let known = Memo::new(move |_| intent.with(|intent| intent.kind));
    let suggested = Memo::new(move |_| intent.with(provisional));
    view! {
        <span class="intent-type">
            <span class=("muted", move || known.get() == IntentType::Unknown)>{move || known.get().as_str()}</span>
            {move || suggested.get().map(|kind| view! { <span class="provisional">"provisional: " {kind.as_str()}</span> })}
        </span>
    }
}
