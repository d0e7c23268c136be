//! The notice about the connection, shown only on problems.

use leptos::prelude::*;

use crate::chat::Fact;
use crate::view::View;
use crate::words::{Notice, Text, notice};

/// The notice above the composer.
#[component]
pub(crate) fn NoticeBar(view: View) -> impl IntoView {
    let shown = Memo::new(move |_| view.talk.read(|chat| notice(view.words, chat.connection(), chat.refusal())));
    let reopen = move |_| view.talk.tell(Fact::ReopenAsked);
    let button =
        move || view! { <button class="retry" type="button" on:click=reopen>{view.say(Text::Reopen)}</button> };
    view! {
        <div class="notices" role="status">
            {move || shown.get().map(|Notice { class, words, can_retry }| {
                view! { <p class=class><bdi>{words}</bdi>{can_retry.then(button)}</p> }
            })}
        </div>
    }
}
