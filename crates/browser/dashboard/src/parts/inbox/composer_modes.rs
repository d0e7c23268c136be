//! What is written: a reply or a note, and what replies offer.

use leptos::prelude::*;

use super::card_menu::card_menu;
use crate::kit::reactive::{derived, handler};
use crate::parts::page::when::When;
use crate::state::inbox::composing::Composing;
use crate::state::inbox::unsent::Mode;

/// The choice between both; saved replies and the booking card are for replies that arrive only.
pub(super) fn composer_modes(composing: Composing, is_note: Signal<bool>) -> AnyView {
    view! {
        <div class="composer-modes">
            <div class="tabs" role="group" aria-label="Message type">
                {mode_button(composing, Mode::Reply, "Reply")} {mode_button(composing, Mode::Note, "Note")}
            </div>
            <When is=derived(move || !is_note.get() && composing.is_open())>
                <button class="button button-quiet" type="button" on:click=handler(move |_| open_picker(composing))>
                    "Saved replies"
                </button>
                {card_menu(composing)}
            </When>
            <p class="composer-lead muted" role="status">{derived(move || composing.present.lead_words())}</p>
        </div>
    }
    .into_any()
}

fn open_picker(composing: Composing) {
    composing.replies.toggle();
    composing.focus();
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
