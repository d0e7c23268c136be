//! The composer of replies and notes.

use knock_model::message::Room;
use knock_wire::{Assignee, SavedReply};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::{ClipboardEvent, DragEvent, Event};

use super::answered::answered;
use super::composer_hint::composer_hint;
use super::composer_modes::composer_modes;
use super::mention_picker::MentionPicker;
use super::reply_picker::ReplyPicker;
use super::shortcut_help::ShortcutHelp;
use crate::kit::browser;
use crate::kit::browser::files::{self, File};
use crate::kit::browser::keys;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::page::icon::{Icon, IconMark};
use crate::state::inbox::composing::Composing;
use crate::state::inbox::shortcuts::Shortcuts;
use crate::state::inbox::unsent::Mode;
use crate::words::message::{room_words, unfilled_words};

/// A text field that keeps the draft. Enter sends, Shift and Enter begin a new line.
#[component]
pub(crate) fn Composer(
    /// The draft.
    composing: Composing,
    shortcuts: Shortcuts,
) -> impl IntoView {
    let is_note = derived(move || composing.mode.get() == Mode::Note);
    let found = memo(move || match composing.mode.get() {
        Mode::Reply => composing.text.with(|text| composing.replies.shown(text)),
        Mode::Note => Vec::new(),
    });
    let members = memo(move || match composing.mode.get() {
        Mode::Reply => Vec::new(),
        Mode::Note => composing.text.with(|text| composing.mentions.shown(text)),
    });
    let left = memo(move || composing.room());
    let is_unfilled = move || composing.unfilled.with(|place| !place.is_empty());
    let is_wrong = memo(move || matches!(left.get(), Room::Over(_)) || is_unfilled());
    let taken = move |event: &Event, files: Vec<File>| {
        if !files.is_empty() {
            event.prevent_default();
            composing.attach(files);
        }
    };
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        composing.send();
    };
    view! {
        <form
            class="composer"
            class:composer-note=is_note
            on:submit=handler(submitted)
            on:paste=handler(move |event: ClipboardEvent| {
                // A table of a spreadsheet has a picture of itself beside its text.
                if !knock_dom::takes_text(&event) {
                    taken(&event, files::pasted_files(&event));
                }
            })
            on:drop=handler(move |event: DragEvent| taken(&event, files::dragged_files(&event)))
            on:dragover=handler(move |event: DragEvent| event.prevent_default())
        >
            {composer_modes(composing, is_note)}
            {attaching(composing, derived(move || is_note.get() || !composing.is_open()))}
            <ReplyPicker composing found />
            <MentionPicker composing members />
            {writing(composing, is_note, Pickers { found, members }, is_wrong)}
            <button
                class="button button-strong"
                type="submit"
                aria-describedby="composer-notes"
                prop:disabled=derived(move || !composing.is_open())
            >
                <IconMark icon=Icon::FormSubmit />
                {either(is_note, "Add note", "Send")}
            </button>
            {answered(composing)}
            {notes(composing, shortcuts, left, is_wrong)}
        </form>
    }
}

fn either(is_note: Signal<bool>, note: &'static str, reply: &'static str) -> Signal<&'static str> {
    derived(move || if is_note.get() { note } else { reply })
}

fn placeholder(composing: Composing) -> Signal<&'static str> {
    derived(move || match composing.mode.get() {
        Mode::Note => "Write to your team; @ mentions a colleague. The lead does not see it.",
        Mode::Reply => composing.reach().placeholder(),
    })
}

/// The button that chooses files; only replies that arrive have files.
fn attaching(composing: Composing, takes_none: Signal<bool>) -> AnyView {
    let control = NodeRef::<Input>::new();
    let files_chosen = move |_| {
        let Some(control) = control.get_untracked() else { return };
        composing.attach(files::files_of(&control));
        // Allows the same file to be chosen again.
        control.set_value("");
    };
    let choose = move |_| control.get_untracked().iter().for_each(|control| control.click());
    view! {
        <button
            class="button composer-attach"
            type="button"
            aria-label="Attach a file"
            hidden=takes_none
            on:click=handler(choose)
        >
            <IconMark icon=Icon::Attach />
        </button>
        <input type="file" multiple hidden node_ref=control on:change=handler(files_chosen) />
    }
    .into_any()
}

/// What the pickers of saved replies and of members show.
#[derive(Clone, Copy)]
struct Pickers {
    found: Memo<Vec<SavedReply>>,
    members: Memo<Vec<Assignee>>,
}

impl Pickers {
    /// The id of the chosen line.
    fn chosen(self, composing: Composing) -> Option<String> {
        if !self.members.with(Vec::is_empty) {
            return Some(format!("mention-{}", composing.mentions.place.get()));
        }
        (!self.found.with(Vec::is_empty)).then(|| format!("reply-{}", composing.replies.place.get()))
    }
}

fn writing(composing: Composing, is_note: Signal<bool>, pickers: Pickers, is_wrong: Memo<bool>) -> AnyView {
    let pressed = move |event: KeyboardEvent| {
        if pick(composing, &pickers.found.get_untracked(), &event)
            || pick_member(composing, &pickers.members.get_untracked(), &event)
            || (keys::is_undo(&event) && composing.take_back())
        {
            event.prevent_default();
        } else if keys::is_escape(&event) {
            composing.leave();
        } else if browser::is_plain_enter(&event) {
            event.prevent_default();
            // A key that is held down answers no question.
            if !event.repeat() {
                composing.send();
            }
        }
    };
    view! {
        <textarea
            class="input"
            rows="2"
            placeholder=placeholder(composing)
            aria-label=either(is_note, "Internal note", "Message")
            aria-describedby="composer-notes"
            aria-invalid=derived(move || is_wrong.get().to_string())
            node_ref=composing.field
            prop:value=composing.text
            aria-controls=either(is_note, "mention-picker", "reply-picker")
            aria-activedescendant=derived(move || pickers.chosen(composing))
            on:input:target=move |event| composing.typed(event.target().value())
            on:keydown=handler(pressed)
        ></textarea>
    }
    .into_any()
}

/// The keys, where the message goes, and what keeps it from being sent.
fn notes(composing: Composing, shortcuts: Shortcuts, left: Memo<Room>, is_wrong: Memo<bool>) -> AnyView {
    let takes_none = derived(move || composing.mode.get() == Mode::Note || !composing.is_open());
    view! {
        <p class="composer-notes field-hint" id="composer-notes">
            <span class="composer-hint">
                "Enter sends, Shift+Enter makes a new line. " {either(takes_none, "", "Files can be dropped here. ")}
                {dynamic(move || composer_hint(composing))} <ShortcutHelp shortcuts />
            </span>
            <span role="status" class:field-error=is_wrong>
                {derived(move || unfilled_words(&composing.unfilled.get()).unwrap_or_else(|| room_words(left.get())))}
            </span>
        </p>
    }
    .into_any()
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

/// Handles a key of the picker of members; returns whether it was one.
fn pick_member(composing: Composing, members: &[Assignee], event: &KeyboardEvent) -> bool {
    let mentions = composing.mentions;
    if members.is_empty() {
        return false;
    }
    let take = || {
        if let Some(member) = members.get(mentions.place.get_untracked()) {
            composing.mention(member);
        }
    };
    match &*event.key() {
        "ArrowDown" => mentions.step(1, members.len()),
        "ArrowUp" => mentions.step(-1, members.len()),
        "Escape" => mentions.close(),
        "Tab" if !event.shift_key() => take(),
        _ if browser::is_plain_enter(event) => take(),
        _ => return false,
    }
    true
}
