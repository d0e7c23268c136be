//! The decisions about the lead's intent type.

use knock_wire::TypeChange;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::words::intent::{margin_words, type_why_words};

/// The decisions, newest first; nothing before the first message.
#[component]
pub(crate) fn TypeHistory(
    /// The decisions, oldest first.
    #[prop(into)]
    types: Signal<Vec<TypeChange>>,
) -> impl IntoView {
    let types = memo(move || types.get());
    let lines = move || {
        types.with(|types| {
            let line = |change: &TypeChange| view! { <Decided change=change.clone() /> }.into_any();
            types.iter().rev().map(line).collect_view()
        })
    };
    view! {
        <When is=derived(move || types.with(|types| !types.is_empty()))>
            <section class="panel" aria-labelledby="type-history">
                <h2 class="panel-title" id="type-history">"Intent type"</h2>
                <ol class="changes">{dynamic(lines)}</ol>
            </section>
        </When>
    }
}

#[component]
fn Decided(change: TypeChange) -> impl IntoView {
    view! {
        <li class="change">
            <p class="change-cause">
                <span>{change.kind.as_str()}</span>
                <TimeAgo at=change.at />
            </p>
            <p class="muted">
                {type_why_words(&change.why)}
                " "
                {margin_words(change.margin)}
            </p>
        </li>
    }
}
