//! The failure of an action, in a line beside it.

use leptos::prelude::*;

use crate::api::Failure;
use crate::words::failure_words;

/// A failure in words, announced at once.
#[component]
pub(crate) fn FailureLine(
    /// The last failure.
    failure: Failure,
) -> impl IntoView {
    let words = failure_words(&failure);
    view! { <p class="form-error" role="alert"><strong>{words.title}</strong> " " {words.advice}</p> }
}
