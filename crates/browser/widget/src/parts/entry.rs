//! A message in the log.

use leptos::prelude::*;

use super::{Card, FileLink, MessageText};
use crate::browser;
use crate::chat::Fact;
use crate::rows::{Note, Row};
use crate::view::View;
use crate::words::Text;

/// A message: author, time, content and delivery state.
#[component]
pub(crate) fn EntryRow(view: View, row: Row) -> impl IntoView {
    let Row { id, class, day, author, title, picture, at, time, pieces, files, card, note, offer } = row;
    let exact = browser::exact_time(view.words.code(), at);
    let retry = move |_| {
        view.talk.tell(Fact::RetryAsked(id));
        view.focus_composer();
    };
    let button = move || view! { <button class="retry" type="button" on:click=retry>{view.say(Text::Retry)}</button> };
    let arrived = note.map(|Note { class, role, words, can_retry }| {
        view! { <p class=class role=role><bdi>{words}</bdi>{can_retry.then(button)}</p> }
    });
    view! {
        <li class=class>
            {day.map(|day| view! { <p class="day">{day}</p> })}
            <p class="entry-by">
                {(!picture.is_empty()).then(|| view! { <img class="face" src=picture alt="" width="24" height="24" /> })}
                <bdi class="entry-author">{author}</bdi>
                {(!title.is_empty()).then(|| view! { <bdi class="entry-title">{title}</bdi> })}
                <time class="time" datetime=browser::iso_time(at) title=exact>{time}</time>
            </p>
            {(!pieces.is_empty()).then(|| view! { <p class="bubble" dir="auto"><MessageText pieces /></p> })}
            {card.map(|card| view! { <Card view card /> })}
            {files.into_iter().map(|file| view! { <FileLink view file /> }).collect::<Vec<_>>()}
            {offer.map(|offer| view! { <p class="unseen">{offer}</p> })}
            {arrived}
        </li>
    }
}
