//! The composer of replies and notes.

use knock_model::message::Room;
use knock_wire::SavedReply;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::{ClipboardEvent, DragEvent, Event};

use crate::browser::{self, File};
use crate::composing::Composing;
use crate::parts::{Icon, IconMark, ReplyPicker, ShortcutHelp, When};
use crate::reactive::{derived, handler, memo};
use crate::shortcuts::Shortcuts;
use crate::unsent::Mode;
use crate::words::{room_words, unfilled_words};

/// A text field that keeps the draft. Enter sends, Shift and Enter begin a new line.
#[component]
pub(crate) fn Composer(
    /// The draft.
    composing: Composing,
    shortcuts: Shortcuts,
) -> impl IntoView {
    let Composing { mode, text, field, .. } = composing;
    let left = memo(move || composing.room());
    let is_too_long = move || matches!(left.get(), Room::Over(_));
    let is_unfilled = memo(move || composing.unfilled.with(|place| !place.is_empty()));
    let is_note = derived(move || mode.get() == Mode::Note);
    let found = memo(move || match mode.get() {
        Mode::Reply => text.with(|text| composing.replies.shown(text)),
        Mode::Note => Vec::new(),
    });
    let pressed = move |event: KeyboardEvent| {
        if pick(composing, &found.get_untracked(), &event) {
            event.prevent_default();
        } else if browser::is_plain_enter(&event) {
            event.prevent_default();
            composing.send();
        }
    };
    let chosen = move || (!found.with(Vec::is_empty)).then(|| format!("reply-{}", composing.replies.place.get()));
    let control = NodeRef::<Input>::new();
    let files_chosen = move |_| {
        let Some(control) = control.get_untracked() else { return };
        composing.attach(browser::files_of(&control));
        // Allows the same file to be chosen again.
        control.set_value("");
    };
    let taken = move |event: &Event, files: Vec<File>| {
        if !files.is_empty() {
            event.prevent_default();
            composing.attach(files);
        }
    };
    let choose = move |_| control.get_untracked().iter().for_each(|control| control.click());
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        composing.send();
    };
    let either =
        move |note: &'static str, reply: &'static str| derived(move || if is_note.get() { note } else { reply });
    view! {
        <form
            class="composer"
            class:composer-note=is_note
            on:submit=handler(submitted)
            on:paste=handler(move |event: ClipboardEvent| taken(&event, browser::pasted_files(&event)))
            on:drop=handler(move |event: DragEvent| taken(&event, browser::dragged_files(&event)))
            on:dragover=handler(move |event: DragEvent| event.prevent_default())
        >
            <div class="composer-modes">
                <div class="tabs" role="group" aria-label="Message type">
                    {mode_button(composing, Mode::Reply, "Reply")} {mode_button(composing, Mode::Note, "Note")}
                </div>
                <When is=derived(move || !is_note.get())>
                    <button class="button button-quiet" type="button" on:click=handler(move |_| open_picker(composing))>
                        "Saved replies"
                    </button>
                    <button
                        class="button button-quiet composer-card"
                        type="button"
                        aria-label="Send booking card"
                        title="Send booking card"
                        on:click=handler(move |_| composing.send_card())
                    >
                        <IconMark icon=Icon::Booked />
                        <span>"Send booking card"</span>
                    </button>
                </When>
                <p class="composer-lead muted" role="status">{derived(move || composing.present.lead_words())}</p>
            </div>
            <button
                class="button composer-attach"
                type="button"
                aria-label="Attach a file"
                hidden=is_note
                on:click=handler(choose)
            >
                <IconMark icon=Icon::Attach />
            </button>
            <input type="file" multiple hidden node_ref=control on:change=handler(files_chosen) />
            <ReplyPicker composing found />
            <textarea
                class="input"
                rows="2"
                placeholder=either("Write to your team. The lead does not see it.", "Write to the lead")
                aria-label=either("Internal note", "Message")
                aria-describedby="composer-notes"
                aria-invalid=derived(move || (is_too_long() || is_unfilled.get()).to_string())
                node_ref=field
                prop:value=text
                aria-controls="reply-picker"
                aria-activedescendant=derived(chosen)
                on:input:target=move |event| composing.typed(event.target().value())
                on:keydown=handler(pressed)
            ></textarea>
            <button class="button button-strong" type="submit">
                <IconMark icon=Icon::FormSubmit />
                {either("Add note", "Send")}
            </button>
            <p class="composer-notes field-hint" id="composer-notes">
                <span class="composer-hint">
                    "Enter sends, Shift+Enter makes a new line. " {either("", "Files can be dropped here. ")}
                    {derived(move || if is_note.get() { String::new() } else { composing.mail_words() })} <ShortcutHelp shortcuts />
                </span>
                <span role="status" class:field-error=derived(move || is_too_long() || is_unfilled.get())>
                    {derived(move || unfilled_words(&composing.unfilled.get()).unwrap_or_else(|| room_words(left.get())))}
                </span>
            </p>
        </form>
    }
}

fn open_picker(composing: Composing) {
    composing.replies.toggle();
    composing.focus();
}

/// Handles a key of the picker of saved replies; returns whether it was one.
fn pick(composing: Composing, found: &[SavedReply], event: &KeyboardEvent) -> bool {
    let replies = composing.replies;
    if found.is_empty() {
        return false;
    }
    match &*event.key() {
        "ArrowDown" => replies.step(1, found.len()),
        "ArrowUp" => replies.step(-1, found.len()),
        "Escape" => replies.close(),
        "Tab" if !event.shift_key() => take(composing, found),
        _ if browser::is_plain_enter(event) => take(composing, found),
        _ => return false,
    }
    true
}

fn take(composing: Composing, found: &[SavedReply]) {
    if let Some(reply) = found.get(composing.replies.place.get_untracked()) {
        composing.insert(reply);
    }
}

fn mode_button(composing: Composing, of: Mode, name: &'static str) -> AnyView {
    let is_chosen = derived(move || (composing.mode.get() == of).to_string());
    view! {
        <button class="tab" type="button" aria-pressed=is_chosen on:click=handler(move |_| composing.choose(of))>
            {name}
        </button>
    }
    .into_any()
}
