//! Searching a table.

use leptos::prelude::*;

use crate::parts::page::icon::{Icon, IconMark};

/// A search field; `text` is the typed text.
#[component]
pub(crate) fn SearchBox(label: &'static str, text: RwSignal<String>) -> impl IntoView {
    view! {
        <search class="search">
            <IconMark icon=Icon::Search />
            <input
                class="input"
                type="search"
                aria-label=label
                placeholder=label
                autocomplete="off"
                spellcheck="false"
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            />
        </search>
    }
}
