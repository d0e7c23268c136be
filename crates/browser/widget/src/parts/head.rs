//! The head of the panel: logo, author and close button.

use leptos::either::Either;
use leptos::prelude::*;

use super::{Icon, IconMark};
use crate::view::{Layout, View};
use crate::words::{Text, company_words};

#[component]
pub(crate) fn Head(view: View, layout: Layout) -> impl IntoView {
    let look = view.look();
    let is_corner = layout == Layout::Corner;
    let first_title = match layout {
        Layout::Corner => view.say(Text::Title).to_owned(),
        Layout::Page { title } => title,
    };
    let title = move || {
        if !look.title.is_empty() && !view.is_booking.get() {
            return look.title.clone();
        }
        let named = view.talk.read(|chat| chat.title().map(str::to_owned)).unwrap_or_else(|| view.name.get());
        if named.is_empty() { first_title.clone() } else { named }
    };
    let can_book = view.can_book();
    let book = move || view.say(if view.has_meeting.get() { Text::Meeting } else { Text::Book });
    let whom = move || {
        view.talk.read(|chat| match chat.rep() {
            None if !look.subtitle.is_empty() => look.subtitle.clone(),
            rep => company_words(view.words, rep.map(|rep| rep.name.as_str())),
        })
    };
    let face = move || view.talk.read(|chat| chat.rep().map(|rep| rep.picture.clone())).filter(|face| !face.is_empty());
    // Beside the name of the site it says nothing more.
    let alt = if look.title.is_empty() { "" } else { &look.name };
    let logo = (!look.logo.is_empty()).then(|| view.home().host + &look.logo);
    let name = view! { <bdi>{title}</bdi> };
    // On a page of its own it is the title of the page.
    let heading = if is_corner {
        Either::Left(view! { <h2 class="head-title" id="knock-title">{name}</h2> })
    } else {
        Either::Right(view! { <h1 class="head-title" id="knock-title">{name}</h1> })
    };
    view! {
        <header class="head">
            {move || face().map(|face| view! { <img class="face head-face" src=face alt="" width="36" height="36" /> })}
            {logo.map(|logo| view! { <img class="head-logo" src=logo alt=alt hidden=move || face().is_some() /> })}
            <div class="head-words">
                {heading}
                <p class="head-whom" id="knock-whom" hidden=move || view.is_booking.get()><bdi>{whom}</bdi></p>
            </div>
            {can_book.then(|| view! {
                <button
                    class="icon-button head-book"
                    type="button"
                    aria-label=book
                    title=book
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
