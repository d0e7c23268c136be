//! The lines of a list, each with elements of its own.

use leptos::prelude::*;

use crate::kit::rows::Drawn;

/// Lines in order; a known one keeps its elements. In place of `For`, which is compiled separately for each
/// list.
#[component]
pub(crate) fn Lines(#[prop(into)] of: Signal<Vec<Drawn>>) -> impl IntoView {
    view! {
        <For each=move || of.get() key=|line| line.id let:line>
            {(line.draw)()}
        </For>
    }
}
