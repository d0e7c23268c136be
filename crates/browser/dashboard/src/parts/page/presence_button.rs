//! The member's presence, with a button that changes it.

use knock_routing::RepState;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::state::session::use_session;
use crate::state::settings::hand_over::HandOver;
use crate::state::settings::presence::use_presence;
use crate::words::availability::rep_state_label;

/// Shows the state; pressed while away.
#[component]
pub(crate) fn PresenceButton() -> impl IntoView {
    let (presence, session) = (use_presence(), use_session());
    let hand_over: HandOver = expect_context();
    presence.load();
    let state = presence.known;
    let label = derived(move || state.get().map(|state| rep_state_label(&state.into())).unwrap_or_default());
    let title =
        derived(
            move || {
                if presence.is_away() { "Take chats again" } else { "Set yourself away: pools give you no chats" }
            },
        );
    let is_unknown = derived(move || state.get().is_none());
    view! {
        <button
            class="button button-quiet presence"
            class=("presence-active", move || state.get() == Some(RepState::Active))
            type="button"
            hidden=is_unknown
            title=title
            aria-pressed=derived(move || presence.is_away().to_string())
            prop:disabled=presence.is_busy
            on:click=handler(move |_| presence.toggle(session, hand_over))
        >
            <span class="presence-dot" aria-hidden="true"></span>
            {label}
        </button>
    }
}
