//! The failure of an action, in a line beside it.

use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::reactive::dynamic;
use crate::parts::page::technical::technical_detail;
use crate::words::failure::failure_words;

/// A failure in words, announced at once.
#[component]
pub(crate) fn FailureLine(failure: Failure) -> impl IntoView {
    let words = failure_words(&failure);
    let detail = (!words.detail.is_empty()).then(|| technical_detail(words.detail));
    view! {
        <p class="form-error" role="alert"><strong>{words.title}</strong> " " {words.advice}</p>
        {detail}
    }
}

/// The same while there is a failure, else nothing.
#[component]
pub(crate) fn ActionFailure(#[prop(into)] of: Signal<Option<Failure>>) -> impl IntoView {
    dynamic(move || of.get().map(|failure| view! { <FailureLine failure /> }))
}
