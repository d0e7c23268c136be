//! A file in the log: name, size and picture. It is downloaded, never opened here.

use knock_wire::MessageFile;
use leptos::prelude::*;

use crate::browser;
use crate::view::View;

/// A file that was sent.
#[component]
pub(crate) fn FileLink(view: View, file: MessageFile) -> impl IntoView {
    let MessageFile { name, size, url, preview, .. } = file;
    // Pages may forbid pictures from other hosts: the page's script hides one that fails to load.
    let picture = preview.map(|preview| {
        let (width, height) = (preview.width.to_string(), preview.height.to_string());
        view! { <img class="file-picture" src=preview.url width=width height=height alt="" /> }
    });
    view! {
        <a class="bubble file" href=url download="" target="_blank" rel="noopener">
            {picture}
            <bdi class="file-name">{name}</bdi>
            <span class="time">{browser::size(view.words.code(), size)}</span>
        </a>
    }
}
