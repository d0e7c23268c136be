//! The waiting time of a lead.

use knock_model::Millis;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, memo};
use crate::words::inbox::{Patience, waiting_words};
use crate::words::instant::exact;

/// `Waiting 4 min`, with an urgency that grows with the time.
#[component]
pub(crate) fn Waiting(#[prop(into)] since: Signal<Millis>) -> impl IntoView {
    let clock = use_clock();
    let waited = memo(move || (clock.now_since(since.get()) - since.get()).0);
    let words = memo(move || waiting_words(waited.get()));
    let class = move || match Patience::after(waited.get()) {
        Patience::Fresh => "badge badge-low",
        Patience::Long => "badge badge-medium",
        Patience::TooLong => "badge badge-late",
    };
    view! {
        <span class=derived(class) title=derived(move || format!("Since {}", exact(browser::local(since.get()))))>
            {words}
        </span>
    }
}
