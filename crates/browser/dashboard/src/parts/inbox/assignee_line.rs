//! A member to whom chats can be assigned, in a menu.

use knock_wire::Assignee;
use leptos::prelude::*;

use crate::kit::reactive::{dynamic, handler};
use crate::state::inbox::team::Team;
use crate::words::availability::standing_words;

/// A button with the name and the address, whether the member takes chats now, and how many they have.
pub(super) fn assignee_line(
    team: Team,
    member: Assignee,
    is_busy: RwSignal<bool>,
    chosen: impl Fn(&Assignee) + 'static,
) -> AnyView {
    let Assignee { id, email, name, .. } = member.clone();
    let is_named = name != email;
    let standing = move || team.rep(id).map(|rep| standing_words(&rep));
    view! {
        <li class="menu-line">
            <button
                class="assignee"
                type="button"
                prop:disabled=is_busy
                on:click=handler(move |_| chosen(&member))
            >
                <span class="assignee-name">
                    <bdi>{name}</bdi>
                </span>
                <span class="assignee-standing muted">{dynamic(standing)}</span>
                {is_named.then(|| view! { <span class="assignee-address muted"><bdi>{email}</bdi></span> })}
            </button>
        </li>
    }
    .into_any()
}
