//! The composer. Enter sends, Shift+Enter starts a new line.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::{Icon, IconMark};
use crate::chat::Fact;
use crate::view::View;
use crate::words::{Text, hint};
use knock_model::message::{Room, room};

/// The key code during composition, for browsers that do not report it otherwise.
const COMPOSING: u32 = 229;

#[component]
pub(crate) fn Composer(view: View) -> impl IntoView {
    let left = RwSignal::new(Room::Empty);
    let send = move || {
        if let Some(composer) = view.composer.get_untracked().filter(|_| left.get_untracked().is_sendable()) {
            if !view.permits() {
                return;
            }
            view.talk.write(composer.value().trim().to_owned());
            composer.set_value("");
            left.set(Room::Empty);
            view.keep_unfinished("");
        }
        view.focus_composer();
    };
    let on_key = move |event: KeyboardEvent| {
        let is_typing = event.shift_key() || event.is_composing() || event.key_code() == COMPOSING;
        if event.key() == "Enter" && !is_typing {
            event.prevent_default();
            send();
        }
    };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let on_input = move |_| {
        let text = view.composer.get_untracked().map(|composer| composer.value()).unwrap_or_default();
        left.set(room(&text));
        view.note_written(&text);
        view.keep_unfinished(&text);
        view.talk.tell(Fact::Typed);
    };
    // Shows what was left here: on an earlier page, or on a later one when this one is suspended and shown again.
    let restore = move || {
        let Some(composer) = view.composer.try_get_untracked().flatten() else { return };
        let text = view.unfinished();
        if composer.value() != text {
            composer.set_value(&text);
            left.set(room(&text));
            view.note_written(&text);
        }
    };
    view.composer.on_load(move |_| restore());
    let shown_again = window_event_listener_untyped("pageshow", move |_| restore());
    on_cleanup(move || shown_again.remove());
    view! {
        <form class="composer" on:submit=on_submit>
            // The page's script opens the file dialog, and takes chosen, pasted and dropped files.
            <button class="icon-button attach" type="button" aria-label=view.say(Text::Attach)>
                <IconMark icon=Icon::Attach />
            </button>
            <textarea
                class="composer-text"
                node_ref=view.composer
                rows="1"
                placeholder=view.say(Text::Write)
                aria-label=view.say(Text::Message)
                aria-describedby="knock-room"
                aria-invalid=move || matches!(left.get(), Room::Over(_)).then_some("true")
                enterkeyhint="send"
                dir="auto"
                on:input=on_input
                on:keydown=on_key
            ></textarea>
            <button
                class="icon-button composer-send"
                type="submit"
                aria-label=view.say(Text::Send)
                disabled=move || !left.get().is_sendable()
            >
                <IconMark icon=Icon::Send />
            </button>
            <p class="room" id="knock-room" role="status">{move || hint(view.words, left.get())}</p>
        </form>
    }
}
