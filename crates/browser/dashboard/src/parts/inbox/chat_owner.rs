//! The owner of a chat, and assigning it.

use leptos::prelude::*;

use crate::browser;
use crate::owning::{Owner, Owning};
use crate::parts::{Dialog, FailureLine, Menu, When};

const MENU: &str = "assign-menu";

/// The owner, with buttons for what a member can do about it.
#[component]
pub(crate) fn ChatOwner(
    /// Assigns the chat.
    owning: Owning,
) -> impl IntoView {
    let owner = Memo::new(move |_| owning.owner());
    let is_reps = move || matches!(owner.get(), Owner::Me | Owner::Rep(_));
    let button = move |name: &'static str, act: fn(Owning)| {
        view! {
            <button class="button" type="button" prop:disabled=owning.is_busy on:click=move |_| act(owning)>
                {name}
            </button>
        }
    };
    let wrong = move || owning.failure.get().filter(|_| owning.asked.get().is_none());
    let question = move || {
        let (to, rep) = owning.asked.get()?;
        Some(view! {
            <Dialog
                title="Another rep has this chat"
                confirm="Assign anyway"
                is_busy=owning.is_busy
                failure=owning.failure
                confirmed=move |()| owning.assign_anyway(to.clone())
                closed=move |()| owning.close()
            >
                <p><bdi>{rep}</bdi> " took this chat in the meantime."</p>
            </Dialog>
        })
    };
    view! {
        <div class="chat-owner" role="group" aria-label="Assignment" tabindex="-1" node_ref=owning.region>
            <p class="chat-owner-name" role="status"><bdi>{move || owner.get().words()}</bdi></p>
            <When is=move || owner.get() != Owner::Me>{move || button("Take over", Owning::take_over)}</When>
            <div on:click=move |_| owning.load()>
                <Menu id=MENU label=Signal::stored("Assign".to_owned())>
                    <div class="menu-group">
                        <label class="field-label" for="assign-reason">
                            "Reason (optional)"
                        </label>
                        <input
                            class="input"
                            id="assign-reason"
                            autocomplete="off"
                            maxlength="500"
                            aria-describedby="assign-reason-notes"
                            bind:value=owning.reason
                        />
                        <p class="field-hint" id="assign-reason-notes">"The team reads it in the details of the chat."</p>
                    </div>
                    <ul class="menu-list" aria-label="Assign to">{move || choices(owning)}</ul>
                </Menu>
            </div>
            <When is=is_reps>{move || button("Hand back to the AI agent", Owning::hand_back)}</When>
            {move || wrong().map(|failure| view! { <FailureLine failure /> })}
        </div>
        {question}
    }
}

/// A line for each member.
fn choices(owning: Owning) -> Vec<AnyView> {
    let line = move |id: String, email: String| {
        let chosen = move |_| {
            browser::close_popover(MENU);
            owning.assign(id.clone());
        };
        view! {
            <li class="menu-line">
                <button class="menu-link" type="button" prop:disabled=owning.is_busy on:click=chosen>
                    <bdi>{email}</bdi>
                </button>
            </li>
        }
        .into_any()
    };
    owning.assignees.get().into_iter().map(|member| line(member.id.to_string(), member.email)).collect()
}
