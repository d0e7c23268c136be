//! The filter of mails by state.

use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::state::settings::mails::Mails;

/// The states: words in the address and labels.
const STATES: [(&str, &str); 4] = [("", "All"), ("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Failed")];

/// A button for each state; the shown one is pressed.
#[component]
pub(crate) fn MailStates(mails: Mails) -> impl IntoView {
    let tab = move |(state, name): (&'static str, &'static str)| {
        let is_shown = move || mails.state.with(|shown| shown == state);
        view! {
            <button
                class="tab"
                type="button"
                aria-pressed=derived(move || is_shown().to_string())
                on:click=handler(move |_| mails.narrow(state))
            >
                {name}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="tabs mail-states" role="group" aria-label="Show">
            {STATES.into_iter().map(tab).collect_view()}
        </div>
    }
}
