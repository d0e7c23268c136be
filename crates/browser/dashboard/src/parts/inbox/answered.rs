//! The question before a reply is sent that a colleague has answered since it was begun.

use leptos::prelude::*;

use crate::kit::reactive::{dynamic, handler};
use crate::state::inbox::composing::Composing;
use crate::words::message::answered_words;

/// The question, while it is open. The focus stays in the field: Enter sends, Escape and typing on close it.
pub(super) fn answered(composing: Composing) -> AnyView {
    let close = move |_| {
        composing.answered.set(String::new());
        composing.focus();
    };
    let question = move || {
        let name = composing.answered.get();
        (!name.is_empty()).then(|| {
            view! {
                <div class="composer-answered" role="alert">
                    <p><bdi>{answered_words(&name)}</bdi></p>
                    <button class="button button-strong" type="button" on:click=handler(move |_| composing.send())>
                        "Send anyway"
                    </button>
                    <button class="button" type="button" on:click=handler(close)>
                        "Keep writing"
                    </button>
                </div>
            }
        })
    };
    dynamic(question).into_any()
}
