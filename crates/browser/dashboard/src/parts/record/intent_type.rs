//! The intent type, with the provisional one while it is unknown.

use knock_model::IntentType;
use knock_wire::Intent;
use leptos::prelude::*;

use crate::words::intent::provisional;

/// The type; a provisional one beside it is marked as such.
#[component]
pub(crate) fn IntentTypeMark(#[prop(into)] intent: Signal<Intent>) -> impl IntoView {
    move || {
        let (known, suggested) = intent.with(|intent| (intent.kind, provisional(intent)));
        let suggested =
            suggested.map(|kind| view! { <span class="provisional">"provisional: " {kind.as_str()}</span> });
        view! {
            <span class="intent-type">
                <span class=("muted", known == IntentType::Unknown)>{known.as_str()}</span>
                {suggested}
            </span>
        }
    }
}
