//! Offered answers of the agent, as buttons that send their text.

use leptos::prelude::*;

use crate::chat::Chat;
use crate::view::View;
use crate::words::Text;

/// The buttons; empty without offered answers.
#[component]
pub(crate) fn Choices(view: View) -> impl IntoView {
    let offered = Memo::new(move |_| view.talk.read(Chat::choices));
    let button = move |label: String| {
        let text = label.clone();
        let choose = move |_| {
            view.talk.write(text.clone());
            // The buttons are removed: the focus moves to the composer.
            view.focus_composer();
        };
        view! {
            <button class="choice" type="button" on:click=choose>
                {label}
            </button>
        }
    };
    view! {
        <div class="choices" role="group" aria-label=view.say(Text::Answers) hidden=move || offered.with(Vec::is_empty)>
            {move || offered.get().into_iter().map(button).collect::<Vec<_>>()}
        </div>
    }
}
