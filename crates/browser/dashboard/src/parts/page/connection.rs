//! The state of the live feed, always visible.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};
use super::when::When;
use crate::kit::reactive::derived;
use crate::state::live::{Connection, use_live};

/// A dot and a word.
#[component]
pub(crate) fn ConnectionMark() -> impl IntoView {
    let live = use_live();
    let words = move || match live.connection() {
        Connection::Live => ("connection connection-live", "Live"),
        Connection::Reconnecting => ("connection connection-reconnecting", "Reconnecting"),
        Connection::Offline => ("connection connection-offline", "Offline"),
    };
    view! {
        <p class=derived(move || words().0) role="status">
            <span class="connection-dot" aria-hidden="true"></span>
            {derived(move || words().1)}
        </p>
    }
}

/// A note above every page while there is no network: the shown data may be old.
#[component]
pub(crate) fn OfflineNote() -> impl IntoView {
    let live = use_live();
    view! {
        <When is=derived(move || live.connection() == Connection::Offline)>
            <p class="note note-offline" role="status">
                <IconMark icon=Icon::NoNetwork />
                "You are offline. This page was loaded before and is updated once the network is back."
            </p>
        </When>
    }
}
