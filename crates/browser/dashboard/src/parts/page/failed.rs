//! A failure with a retry button.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};
use super::technical::technical_detail;
use crate::api::Failure;
use crate::kit::reactive::handler;
use crate::words::failure::failure_words;

/// A failure in words, with a button to try again.
#[component]
pub(crate) fn Failed(
    failure: Failure,
    /// Tries again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    let words = failure_words(&failure);
    let detail = (!words.detail.is_empty()).then(|| technical_detail(words.detail));
    let icon = if failure == Failure::Unreachable { Icon::NoNetwork } else { Icon::Alert };
    view! {
        <div class="state" role="alert">
            <IconMark icon />
            <p class="state-title">{words.title}</p>
            <p class="state-text">{words.advice}</p>
            {detail}
            <button class="button" type="button" on:click=handler(move |_| retry.run(()))>
                "Try again"
            </button>
        </div>
    }
}
