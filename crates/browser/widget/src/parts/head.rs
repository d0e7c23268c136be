//! The head of the panel: author and close button.

use leptos::prelude::*;

use super::{Icon, IconMark};
use crate::view::{Layout, View};
use crate::words::{Text, company_words};

#[component]
pub(crate) fn Head(view: View, layout: Layout) -> impl IntoView {
    let (level, is_corner) = if layout == Layout::Corner { ("2", true) } else { ("1", false) };
    let first_title = match layout {
        Layout::Corner => view.say(Text::Title).to_owned(),
        Layout::Page { title } => title,
    };
    let title = move || {
        let named = view.talk.read(|chat| chat.title().map(str::to_owned)).unwrap_or_else(|| view.name.get());
        if named.is_empty() { first_title.clone() } else { named }
    };
    let can_book = view.can_book();
    let whom = move || view.talk.read(|chat| company_words(view.words, chat.rep()));
    view! {
        <header class="head">
            <div class="head-words">
                <h2 class="head-title" id="knock-title" attr:aria-level=level><bdi>{title}</bdi></h2>
                <p class="head-whom" id="knock-whom" hidden=move || view.is_booking.get()><bdi>{whom}</bdi></p>
            </div>
            {can_book.then(|| view! {
                <button
                    class="icon-button head-book"
                    type="button"
                    aria-label=view.say(Text::Book)
                    title=view.say(Text::Book)
                    hidden=move || view.is_booking.get()
                    on:click=move |_| view.book()
                >
                    <IconMark icon=Icon::Calendar />
                </button>
            })}
            {is_corner.then(|| view! {
                <button
                    class="icon-button"
                    type="button"
                    aria-label=view.say(Text::Close)
                    on:click=move |_| view.talk.ask_to_close()
                >
                    <IconMark icon=Icon::Close />
                </button>
            })}
        </header>
    }
}
