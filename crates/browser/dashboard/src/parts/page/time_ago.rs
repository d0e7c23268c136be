//! An instant in relative time, past or ahead; exact on hover.

use knock_model::Millis;
use leptos::prelude::*;

use crate::browser;
use crate::clock::use_clock;
use crate::words::{ago, exact, iso};

/// How long ago an instant was.
#[component]
pub(crate) fn TimeAgo(
    /// The instant.
    #[prop(into)]
    at: Signal<Millis>,
) -> impl IntoView {
    let clock = use_clock();
    let words = Memo::new(move |_| ago(at.get(), clock.now_since(at.get())));
    view! {
        <time class="time" datetime=Signal::derive(move || iso(at.get())) title=Signal::derive(move || exact(browser::local(at.get())))>
            {words}
        </time>
    }
}
