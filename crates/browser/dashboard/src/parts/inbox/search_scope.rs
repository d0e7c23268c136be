//! Where a search looks: in all conversations, or in the view.

use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::page::when::When;
use crate::state::inbox::list::Inbox;
use crate::words::inbox::view_words;

/// The choice, shown while something is searched for.
#[component]
pub(crate) fn SearchScope(inbox: Inbox) -> impl IntoView {
    let Inbox { view, search, is_everywhere, .. } = inbox;
    let pressed = move |everywhere: bool| derived(move || (is_everywhere.get() == everywhere).to_string());
    view! {
        <When is=derived(move || search.with(|search| !search.trim().is_empty()))>
            <div class="tabs inbox-scope" role="group" aria-label="Search in">
                <button
                    class="tab"
                    type="button"
                    aria-pressed=pressed(true)
                    on:click=handler(move |_| is_everywhere.set(true))
                >
                    "All but spam"
                </button>
                <button
                    class="tab"
                    type="button"
                    aria-pressed=pressed(false)
                    on:click=handler(move |_| is_everywhere.set(false))
                >
                    {move || view_words(view.get())}
                </button>
            </div>
        </When>
    }
}
