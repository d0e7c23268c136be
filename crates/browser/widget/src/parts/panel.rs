//! The panel: head, log and composer.

use leptos::ev::KeyboardEvent;
use leptos::html::Section;
use leptos::prelude::*;
use leptos::web_sys::ClipboardEvent;

use super::{Choices, Composer, Head, Log, MeetingBar, NoticeBar, Privacy};
use crate::booking::Entry;
use crate::chat::Chat;
use crate::extras;
use crate::lazy::Lazy;
use crate::view::{Layout, View};
use crate::words::{Text, author_name};
use knock_wire::Author;

/// The panel; hidden while it is closed.
#[component]
pub(crate) fn Panel(view: View, layout: Layout) -> impl IntoView {
    let is_page = layout != Layout::Corner;
    let on_key = move |event: KeyboardEvent| {
        if !is_page && event.key() == "Escape" && !event.is_composing() {
            view.talk.ask_to_close();
        }
    };
    // The page's script takes files of those that reach it.
    let on_paste = move |event: ClipboardEvent| {
        if knock_dom::takes_text(&event) {
            event.stop_propagation();
        }
    };
    let panel = NodeRef::<Section>::new();
    extras::attach(view, panel);
    let hours = (!view.look().hours.is_empty()).then(|| {
        view! {
            <p class="hours" id="knock-hours" hidden=move || view.is_booking.get()>
                <bdi>{view.look().hours.as_str()}</bdi>
            </p>
        }
    });
    view! {
        <section
            node_ref=panel
            class=if is_page { "panel panel-page" } else { "panel panel-corner" }
            role=(!is_page).then_some("dialog")
            aria-labelledby="knock-title"
            aria-describedby=if view.look().hours.is_empty() { "knock-whom" } else { "knock-whom knock-hours" }
            lang=view.words.code()
            hidden=move || !view.is_open.get()
            on:keydown=on_key
            on:paste=on_paste
        >
            <Head view layout />
            {hours}
            {move || view.is_booking.get().then(|| view! { <Lazy entry=Entry::of(view) /> })}
            <div class="chat" hidden=move || view.is_booking.get()>
            <MeetingBar view />
            <Log view />
            <p class="typing" role="status">{move || typing(view)}</p>
            <Choices view />
            <NoticeBar view />
            <Privacy view />
            <Composer view />
            </div>
        </section>
    }
}

/// A notice while a rep types; empty otherwise.
fn typing(view: View) -> String {
    let Some(name) = view.talk.read(Chat::typist) else { return String::new() };
    view.words.fill(Text::Typing, &[("name", &author_name(view.words, Author::Rep, &name))])
}
