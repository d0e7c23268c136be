//! The raw text behind a sentence about a failed connection.

use leptos::prelude::*;

use crate::words::network::network_words;

/// The text behind a heading that opens it, where the words of `network_words` are shown in its place; else nothing.
pub(crate) fn technical(text: &str) -> Option<AnyView> {
    network_words(text).map(|_| technical_detail(text.to_owned()))
}

/// The text behind a heading that opens it.
pub(crate) fn technical_detail(text: String) -> AnyView {
    view! {
        <details class="technical">
            <summary>"Technical detail"</summary>
            <bdi>{text}</bdi>
        </details>
    }
    .into_any()
}
