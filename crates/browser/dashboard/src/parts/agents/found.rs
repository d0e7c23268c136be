//! The source of an answer of the AI agent.

use knock_wire::FoundIn;
use leptos::prelude::*;

use crate::words::agent::{confidence_words, is_web_address};

/// The question, the page with its address or the file, and the confidence. All of it comes from outside and is
/// shown as text.
#[component]
pub(crate) fn FoundLine(
    source: FoundIn,
    /// The confidence, 0 to 100.
    confidence: u8,
) -> impl IntoView {
    let (what, named) = match source {
        FoundIn::Question { question, .. } => ("Answer of your team to ", quoted(question)),
        FoundIn::Page { title, url } => ("From the page ", page(title, url)),
        FoundIn::File { name } => ("From the file ", quoted(name)),
    };
    view! { <p class="found muted">{what} {named} " \u{b7} " <span class="number">{confidence_words(confidence)}</span></p> }
}

fn quoted(name: String) -> AnyView {
    view! { <bdi>"\u{201c}" {name} "\u{201d}"</bdi> }.into_any()
}

fn page(title: String, url: String) -> AnyView {
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
