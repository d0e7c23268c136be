//! A file in a conversation: its name and size, downloaded by a click; a picture opens larger over the page.

use knock_wire::MessageFile;
use leptos::html::Dialog;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{effect, handler};
use crate::words::message::file_words;

/// A file that was sent.
#[component]
pub(crate) fn FileCard(file: MessageFile) -> impl IntoView {
    let MessageFile { name, size, url, preview, .. } = file;
    let words = file_words(&name, size);
    let (called, address) = (name.clone(), url.clone());
    let picture = preview.filter(|preview| !preview.url.is_empty()).map(|preview| {
        view! { <Picture name=called url=address preview=preview.url width=preview.width height=preview.height /> }
    });
    // The live feed names a file before the record has its address.
    let label = if url.is_empty() {
        view! { <bdi>{name}</bdi> }.into_any()
    } else {
        view! { <a class="link" href=url download=""><bdi>{name}</bdi></a> }.into_any()
    };
    view! {
        <div class="message-text message-file">
            {picture}
            <p>{label} " " <span class="muted">{words}</span></p>
        </div>
    }
}

#[component]
fn Picture(name: String, url: String, preview: String, width: u32, height: u32) -> impl IntoView {
    let (dialog, is_open) = (NodeRef::<Dialog>::new(), RwSignal::new(false));
    effect(move || dialog.get().inspect(browser::open_over));
    let large = {
        let (name, preview) = (name.clone(), preview.clone());
        move || {
            let (name, preview, url) = (name.clone(), preview.clone(), url.clone());
            is_open.get().then(|| {
                view! {
                    <dialog
                        class="dialog picture-dialog"
                        aria-label=name.clone()
                        node_ref=dialog
                        on:close=handler(move |_| is_open.set(false))
                    >
                        <img class="picture-large" src=preview width=width height=height alt=name.clone() />
                        <form class="form-actions" method="dialog">
                            <a class="button button-strong" href=url download="">"Download"</a>
                            <button class="button" type="submit">"Close"</button>
                        </form>
                    </dialog>
                }
            })
        }
    };
    view! {
        <button
            class="picture"
            type="button"
            aria-label=format!("Open {name}")
            on:click=handler(move |_| is_open.set(true))
        >
            <img src=preview width=width height=height alt="" loading="lazy" />
        </button>
        {large}
    }
}
