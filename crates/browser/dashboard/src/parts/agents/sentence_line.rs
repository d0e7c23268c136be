//! A test sentence, and what the AI agent does with it.

use knock_wire::TestResult;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::page::badge::badge_class;
use crate::state::agents::sentences::Sentences;
use crate::words::sentence::result_words;

/// A line of the list; a mark shows what differs from what was accepted.
#[component]
pub(crate) fn SentenceLine(
    result: Signal<TestResult>,
    /// The list it is in.
    sentences: Sentences,
) -> impl IntoView {
    let does = move || {
        let (badge, words) = result.with(result_words);
        let badge = badge.map(|(name, tone)| view! { <span class=badge_class(tone)>{name}</span> " " });
        view! { <p class="known-text">{badge} <bdi>{words}</bdi></p> }
    };
    let actions = sentences.agents.may_edit.then(|| {
        let remove = move |_| result.with_untracked(|result| sentences.remove(&result.text));
        view! {
            <div class="known-actions">
                <button class="button button-quiet" type="button" on:click=handler(remove)>
                    "Remove"
                    <span class="unseen">" " <bdi>{derived(move || result.get().text)}</bdi></span>
                </button>
            </div>
        }
    });
    view! {
        <li class="known">
            <p class="known-name" dir="auto">
                {derived(move || result.get().text)}
            </p>
            {dynamic(does)}
            {actions}
        </li>
    }
}
