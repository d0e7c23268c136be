//! The notice that a record is shown as of an instant.

use knock_model::Millis;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::kit::browser;
use crate::kit::reactive::handler;
use crate::words::instant::{exact, input_value};

/// A field for the instant, which is in the address of the page; a notice marks a past state.
#[component]
pub(crate) fn AsOf(
    /// The address of the record now.
    path: String,
    /// The instant shown; none is now.
    at: Option<Millis>,
) -> impl IntoView {
    let navigate = use_navigate();
    let now = path.clone();
    let value = RwSignal::new(at.map(|at| input_value(browser::local(at))).unwrap_or_default());
    let show = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(Millis(at)) = browser::instant(&value.get_untracked()) {
            navigate(&format!("{path}?at={at}"), NavigateOptions::default());
        }
    };
    let note = at.map(|at| {
        view! {
            <p class="note" role="status">
                {format!("As of {}: from the signals received by then. ", exact(browser::local(at)))}
                <a class="link" href=now>"Back to now"</a>
            </p>
        }
    });
    view! {
        <form class="as-of" on:submit=handler(show)>
            <label class="field-label" for="as-of">"As of"</label>
            <input
                class="input"
                id="as-of"
                type="datetime-local"
                required
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
            <button class="button" type="submit">"Show"</button>
        </form>
        {note}
    }
}

/// The instant in the query of an address.
pub(crate) fn asked_instant(query: &leptos_router::params::ParamsMap) -> Option<Millis> {
    query.get("at")?.parse().ok().map(Millis)
}
