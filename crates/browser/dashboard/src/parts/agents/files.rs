//! Files in the AI agent's knowledge.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::DragEvent;

use super::source_line::SourceLine;
use crate::kit::browser::files;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::page::lines::Lines;
use crate::state::agents::known::Known;
use crate::state::agents::uploads::Uploads;
use crate::words::agent::{FILE_TYPES, files_words};

/// All of them; uploaded and removed by members with the permission.
#[component]
pub(crate) fn Files(known: Known) -> impl IntoView {
    let upload = known.agents.may_edit.then(|| view! { <UploadForm known /> });
    view! {
        <section class="panel agents-part" aria-labelledby="files">
            <header class="site-head">
                <h2 class="panel-title" id="files">
                    "Files"
                </h2>
                <p class="muted number">{derived(move || files_words(known.files.count()))}</p>
            </header>
            <p class="muted">"The text of a file is kept in passages with its name. The file itself is not kept."</p>
            {upload}
            <ol class="known-list" aria-label="Files">
                <Lines
                    of=derived(move || known.files.drawn(move |source| view! { <SourceLine source known /> }.into_any()))
                />
            </ol>
        </section>
    }
}

/// An input for files, chosen or dropped.
#[component]
fn UploadForm(known: Known) -> impl IntoView {
    let uploads = Uploads::new(known);
    let (control, is_over) = (NodeRef::<Input>::new(), RwSignal::new(false));
    let chosen = move |_| {
        let Some(control) = control.get_untracked() else { return };
        uploads.send(files::files_of(&control));
        // Allows the same file to be chosen again.
        control.set_value("");
    };
    let dragged = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        uploads.send(files::dragged_files(&event));
    };
    let refused = move || {
        let line = |(name, reason): (String, String)| {
            view! { <p class="field-error"><bdi>{name}</bdi> ": " {reason}</p> }.into_any()
        };
        uploads.refused.get().into_iter().map(line).collect_view()
    };
    let sending = move || {
        let name = uploads.sending.get();
        if name.is_empty() { String::new() } else { format!("Uploading {name}\u{2026}") }
    };
    view! {
        <div
            class="drop"
            class=("drop-over", is_over)
            on:dragenter=handler(dragged)
            on:dragover=handler(dragged)
            on:dragleave=handler(move |_| is_over.set(false))
            on:drop=handler(dropped)
        >
            <label class="field-label" for="file-input">
                "Upload a file, or drop it here"
            </label>
            <input
                class="file-input"
                id="file-input"
                type="file"
                multiple
                accept=FILE_TYPES
                aria-describedby="file-notes"
                node_ref=control
                on:change=handler(chosen)
            />
            <p class="field-hint" id="file-notes">
                "Text, Markdown, HTML or PDF, at most 5 MiB. A PDF of scanned pages has no text to read."
            </p>
            <p class="muted" role="status">
                {dynamic(sending)}
            </p>
            <div role="alert">{dynamic(refused)}</div>
        </div>
    }
}
