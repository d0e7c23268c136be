//! The source of an answer of the AI agent.

use knock_wire::FoundIn;
use leptos::prelude::*;

use crate::words::agent::{is_web_address, score_words};

/// The question with its score, the page with its address, or the file. All of it comes from outside and is shown as
/// text.
#[component]
pub(crate) fn FoundLine(
    source: FoundIn,
    /// The score of a question, 0 to 100. That of a page says little: it is not shown.
    confidence: u8,
) -> impl IntoView {
    let score = matches!(source, FoundIn::Question { .. })
        .then(|| view! { " \u{b7} " <span class="number">{score_words(confidence)}</span> });
    let (what, named) = match source {
        FoundIn::Question { question, .. } => ("Answer of your team to ", quoted(question)),
        FoundIn::Page { title, url } => ("From the page ", page(title, url)),
        FoundIn::File { name } => ("From the file ", quoted(name)),
    };
    view! { <p class="found muted">{what} {named} {score}</p> }
}

pub(super) fn quoted(name: String) -> AnyView {
    view! { <bdi>"\u{201c}" {name} "\u{201d}"</bdi> }.into_any()
}

pub(super) fn page(title: String, url: String) -> AnyView {
    let name = if title.is_empty() { url.clone() } else { title };
    if !is_web_address(&url) {
        return quoted(name);
    }
    view! {
        <a class="link" href=url target="_blank" rel="noopener noreferrer nofollow">
            <bdi>{name}</bdi>
        </a>
    }
    .into_any()
}
