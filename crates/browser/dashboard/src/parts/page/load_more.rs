//! The button that loads more of a list.

use leptos::prelude::*;

use super::when::When;
use crate::kit::paged::{Paged, Phase};
use crate::kit::reactive::{derived, dynamic, handler};
use crate::kit::rows::Keyed;
use crate::words::failure::failure_words;

/// A button for the next page, while there is one.
#[component]
pub(crate) fn LoadMore<T: Keyed>(list: Paged<T>, label: &'static str) -> impl IntoView {
    view! { <End has_more=derived(move || list.has_more()) more=list.more load=move |()| list.load_more() label /> }
}

#[component]
fn End(
    #[prop(into)] has_more: Signal<bool>,
    more: RwSignal<Phase>,
    #[prop(into)] load: Callback<()>,
    label: &'static str,
) -> impl IntoView {
    let button = move |label: &'static str| {
        view! {
            <button class="button" type="button" on:click=handler(move |_| load.run(()))>
                {label}
            </button>
        }
    };
    let state = move || match more.get() {
        Phase::Loading => view! { <p class="muted" role="status">"Loading\u{2026}"</p> }.into_any(),
        Phase::Failed(failure) => view! {
            <p role="alert">{failure_words(&failure).title}</p>
            {button("Try again")}
        }
        .into_any(),
        Phase::Ready => button(label).into_any(),
    };
    view! {
        <When is=has_more>
            <div class="more">{dynamic(state)}</div>
        </When>
    }
}
