//! A message that is held before it is sent: it can be taken back.

use knock_model::{MessageId, Millis};
use leptos::prelude::*;

use crate::kit::browser::{self, keys};
use crate::kit::reactive::handler;
use crate::state::inbox::hold::HOLD_MS;
use crate::state::inbox::thread::Thread;
use crate::state::inbox::writing::use_writing;
use crate::words::message::held_words;

/// The rest of the hold, with buttons that end it.
pub(super) fn held(thread: Thread, id: MessageId, until: Millis) -> AnyView {
    let writing = use_writing();
    let whole = i64::from(HOLD_MS);
    let left = (until - browser::clock()).0.clamp(0, whole);
    let send = move |_| {
        writing.send_now(id);
        // The pressed button is removed.
        keys::focus_first(".composer textarea");
    };
    view! {
        <div class="message-state message-held">
            <p>{held_words(left)}</p>
            <button class="button" type="button" on:click=handler(move |_| thread.take_back(id))>
                "Undo"
            </button>
            <button class="button button-quiet" type="button" on:click=handler(send)>
                "Send now"
            </button>
            <span class="held-left" aria-hidden="true" style:animation-delay=format!("{}ms", left - whole)></span>
        </div>
    }
    .into_any()
}
