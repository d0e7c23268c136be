//! A card below a message: a meeting to book, or the booked one.

use leptos::prelude::*;

use super::{Icon, IconMark};
use crate::rows::CardRow;
use crate::view::View;
use crate::words::Text;

#[component]
pub(crate) fn Card(view: View, card: CardRow) -> impl IntoView {
    let CardRow { booked, token, own } = card;
    let is_booked = !booked.is_empty();
    let title =
        if is_booked { view.words.fill(Text::Booked, &[("when", &booked)]) } else { view.say(Text::Book).to_owned() };
    let act = view.say(if is_booked { Text::Meeting } else { Text::Choose });
    let is_closed = is_booked && token.is_empty();
    let meeting = move || (!token.is_empty()).then(|| token.clone().into());
    view! {
        <div class="bubble card" role="group" aria-label=view.say(Text::Book)>
            <p class="card-title"><IconMark icon=Icon::Calendar />{title}</p>
            <button class="card-button" type="button" hidden=is_closed on:click=move |_| view.book_by(own, meeting())>
                {act}
            </button>
        </div>
    }
}
