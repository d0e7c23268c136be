//! Where the AI agent found an answer.

use knock_wire::{AnswerKind, AnswerSource};
use leptos::prelude::*;

use crate::words::{confidence_words, is_web_address};

/// The question, the page with its address or the file, and how far the answer fits. All of it comes from outside and is
/// shown as text.
#[component]
pub(crate) fn FoundLine(
    /// Where it was found.
    source: AnswerSource,
) -> impl IntoView {
    let AnswerSource { kind, name, address, confidence, .. } = source;
    let what = match kind {
        AnswerKind::Question => "Answer of your team to ",
        AnswerKind::Page => "From the page ",
        AnswerKind::File => "From the file ",
    };
    let named = match address.filter(|address| is_web_address(address)) {
        Some(href) => {
            let name = if name.is_empty() { href.clone() } else { name };
            view! {
                <a class="link" href=href target="_blank" rel="noopener noreferrer nofollow">
                    <bdi>{name}</bdi>
                </a>
            }
            .into_any()
        }
        None => view! { <bdi>"\u{201c}" {name} "\u{201d}"</bdi> }.into_any(),
    };
    view! { <p class="found muted">{what} {named} " \u{b7} " <span class="number">{confidence_words(confidence)}</span></p> }
}
