//! An instant in relative time, past or ahead; exact on hover.

use knock_model::Millis;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, memo};
use crate::words::instant::{exact, iso};
use crate::words::span::ago;

/// The age of an instant.
#[component]
pub(crate) fn TimeAgo(#[prop(into)] at: Signal<Millis>) -> impl IntoView {
    let clock = use_clock();
    let words = memo(move || ago(at.get(), clock.now_since(at.get())));
    view! {
        <time
            class="time"
            datetime=derived(move || iso(at.get()))
            title=derived(move || exact(browser::local(at.get())))
        >
            {words}
        </time>
    }
}
