//! The end of a list that goes on.

use leptos::either::EitherOf3;
use leptos::prelude::*;

use crate::paged::{Paged, Phase};
use crate::rows::Keyed;
use crate::words::failure_words;

/// A button for the next page, while there is one.
#[component]
pub(crate) fn LoadMore<T: Keyed>(
    /// The list.
    list: Paged<T>,
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    let button = move |label: &'static str| {
        view! {
            <button class="button" type="button" on:click=move |_| list.load_more()>
                {label}
            </button>
        }
    };
    let state = move || match list.more.get() {
        Phase::Loading => EitherOf3::A(view! { <p class="muted" role="status">"Loading\u{2026}"</p> }),
        Phase::Failed(failure) => EitherOf3::B(view! {
            <p role="alert">{failure_words(&failure).title}</p>
            {button("Try again")}
        }),
        Phase::Ready => EitherOf3::C(button(label)),
    };
    view! {
        <Show when=move || list.has_more()>
            <div class="more">{state}</div>
        </Show>
    }
}
