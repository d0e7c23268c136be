//! Writing to a lead.

use knock_model::ConversationId;
use knock_model::message::{Room, room};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{ClipboardEvent, DragEvent, Event};

use crate::browser::{self, File};
use crate::clock::use_clock;
use crate::parts::{Icon, IconMark};
use crate::words::room_words;
use crate::writing::use_writing;

/// A text field that keeps what was begun. Enter sends, Shift and Enter begin a new line.
#[component]
pub(crate) fn Composer(
    /// The conversation.
    to: ConversationId,
) -> impl IntoView {
    let (writing, clock) = (use_writing(), use_clock());
    let text = RwSignal::new(writing.begun(to));
    let field = NodeRef::<Textarea>::new();
    let left = Memo::new(move |_| text.with(|text| room(text)));
    let is_too_long = move || matches!(left.get(), Room::Over(_));
    Effect::new(move |_| writing.keep(to, text.get()));
    let send = move || {
        if left.get_untracked().is_sendable() {
            writing.send(to, text.get_untracked().trim().to_owned(), clock.instant());
            text.set(String::new());
        }
        if let Some(field) = field.get_untracked() {
            browser::focus(&field);
        }
    };
    let pressed = move |event: KeyboardEvent| {
        if browser::is_plain_enter(&event) {
            event.prevent_default();
            send();
        }
    };
    let control = NodeRef::<Input>::new();
    let attach = move |files: Vec<File>| {
        let at = clock.instant();
        spawn_local(async move {
            for file in files {
                if let Some(content) = browser::content_of(&file).await {
                    writing.send_file(to, (file.name(), content), at);
                }
            }
        });
    };
    let chosen = move |_| {
        let Some(control) = control.get_untracked() else { return };
        attach(browser::files_of(&control));
        // The same file can be chosen again.
        control.set_value("");
    };
    let taken = move |event: &Event, files: Vec<File>| {
        if !files.is_empty() {
            event.prevent_default();
            attach(files);
        }
    };
    let choose = move |_| control.get_untracked().iter().for_each(|control| control.click());
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    view! {
        <form
            class="composer"
            on:submit=submitted
            on:paste=move |event: ClipboardEvent| taken(&event, browser::pasted_files(&event))
            on:drop=move |event: DragEvent| taken(&event, browser::dragged_files(&event))
            on:dragover=move |event: DragEvent| event.prevent_default()
        >
            <button class="button composer-attach" type="button" aria-label="Attach a file" on:click=choose>
                <IconMark icon=Icon::Attach />
            </button>
            <input type="file" multiple hidden node_ref=control on:change=chosen />
            <textarea
                class="input"
                rows="2"
                placeholder="Write to the lead"
                aria-label="Message"
                aria-describedby="composer-notes"
                aria-invalid=Signal::derive(move || is_too_long().to_string())
                node_ref=field
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
                on:keydown=pressed
            ></textarea>
            <button class="button button-strong" type="submit">
                <IconMark icon=Icon::FormSubmit />
                "Send"
            </button>
            <p class="composer-notes field-hint" id="composer-notes">
                <span class="composer-hint">"Enter sends, Shift+Enter makes a new line. Files can be dropped here."</span>
                <span role="status" class:field-error=Signal::derive(is_too_long)>{move || room_words(left.get())}</span>
            </p>
        </form>
    }
}
