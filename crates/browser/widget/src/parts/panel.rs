//! The whole panel: who one talks to, what was said, where one writes.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{Choices, Composer, Head, Log, NoticeBar};
use crate::view::{Layout, View};

/// The panel; hidden while it is closed.
#[component]
pub(crate) fn Panel(
    /// What its parts share.
    view: View,
    /// What it is.
    layout: Layout,
) -> impl IntoView {
    let is_page = layout != Layout::Corner;
    let on_key = move |event: KeyboardEvent| {
        if !is_page && event.key() == "Escape" && !event.is_composing() {
            view.talk.ask_to_close();
        }
    };
    view! {
        <section
            class=if is_page { "panel panel-page" } else { "panel panel-corner" }
            role=(!is_page).then_some("dialog")
            aria-labelledby="knock-title"
            aria-describedby="knock-whom"
            lang=view.words.code()
            hidden=move || !view.is_open.get()
            on:keydown=on_key
        >
            <Head view layout />
            <Log view />
            <Choices view />
            <NoticeBar view />
            <Composer view />
        </section>
    }
}
