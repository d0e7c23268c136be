//! The picker of members whom the text after an `@` finds, in notes.

use knock_wire::Assignee;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::state::inbox::composing::Composing;

/// The list, while it is open. The focus stays in the composer: arrows choose, Enter takes, Escape closes.
#[component]
pub(crate) fn MentionPicker(
    /// The composer that gets the name.
    composing: Composing,
    /// The members that were found.
    members: Memo<Vec<Assignee>>,
) -> impl IntoView {
    let line = move |(place, member): (usize, Assignee)| {
        let is_chosen = derived(move || (composing.mentions.place.get() == place).to_string());
        let (name, email) = (member.name.clone(), member.email.clone());
        // Runs before the focus leaves the composer.
        let pressed = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            composing.mention(&member);
        };
        view! {
            <li
                class="reply-choice"
                role="option"
                id=format!("mention-{place}")
                aria-selected=is_chosen
                on:mousedown=handler(pressed)
            >
                <span class="reply-name"><bdi>{name}</bdi></span>
                <span class="reply-said"><bdi>{email}</bdi></span>
            </li>
        }
        .into_any()
    };
    view! {
        <ul
            class="reply-picker"
            id="mention-picker"
            role="listbox"
            aria-label="Members"
            hidden=derived(move || members.with(Vec::is_empty))
        >
            {dynamic(move || members.get().into_iter().enumerate().map(line).collect::<Vec<_>>())}
        </ul>
    }
}
