//! The picker of saved replies that match the text after a slash.

use knock_wire::SavedReply;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::state::inbox::composing::Composing;
use crate::words::message::excerpt;

/// The list, while it is open. The focus stays in the composer: arrows choose, Enter takes, Escape closes.
#[component]
pub(crate) fn ReplyPicker(
    /// The composer that gets the reply.
    composing: Composing,
    /// The matching replies.
    found: Memo<Vec<SavedReply>>,
) -> impl IntoView {
    let line = move |(place, reply): (usize, SavedReply)| {
        let is_chosen = derived(move || (composing.replies.place.get() == place).to_string());
        let (name, said) = (reply.name.clone(), excerpt(&reply.text));
        let marks = [reply.language.clone(), reply.is_personal.then(|| "personal".to_owned())];
        let marks = marks.into_iter().flatten().collect::<Vec<_>>().join(", ");
        // Runs before the focus leaves the composer.
        let pressed = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            composing.insert(&reply);
        };
        view! {
            <li
                class="reply-choice"
                role="option"
                id=format!("reply-{place}")
                aria-selected=is_chosen
                on:mousedown=handler(pressed)
            >
                <span class="reply-name"><bdi>{name}</bdi> " " <span class="muted">{marks}</span></span>
                <span class="reply-said" dir="auto">{said}</span>
            </li>
        }
        .into_any()
    };
    let is_missing = move || found.with(Vec::is_empty) && composing.is_picking();
    let missing = move || {
        is_missing().then(|| {
            if composing.replies.is_empty() {
                view! {
                    <p class="reply-none muted" role="status">
                        "There are no saved replies yet. "
                        <a class="link" href="/app/settings/replies">"Add one"</a>
                    </p>
                }
                .into_any()
            } else {
                view! { <p class="reply-none muted" role="status">"No saved reply matches."</p> }.into_any()
            }
        })
    };
    view! {
        <ul
            class="reply-picker"
            id="reply-picker"
            role="listbox"
            aria-label="Saved replies"
            hidden=derived(move || found.with(Vec::is_empty))
        >
            {dynamic(move || found.get().into_iter().enumerate().map(line).collect::<Vec<_>>())}
        </ul>
        {dynamic(missing)}
    }
}
