//! The owner of a chat, and assigning it.

use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::parts::table::menu::Menu;
use crate::state::inbox::chat_ownership::{ChatOwnership, Owner};

const MENU: &str = "assign-menu";

/// The owner, with buttons for the possible changes.
#[component]
pub(crate) fn ChatOwner(owning: ChatOwnership) -> impl IntoView {
    let owner = memo(move || owning.owner());
    let button = move |name: &'static str, act: fn(ChatOwnership)| {
        view! {
            <button class="button" type="button" prop:disabled=owning.is_busy on:click=handler(move |_| act(owning))>
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
            <p class="chat-owner-name" role="status"><bdi>{derived(move || owner.get().words())}</bdi></p>
            <When is=derived(move || owner.get() != Owner::Me)>
                {dynamic(move || button("Take over", ChatOwnership::take_over))}
            </When>
            <div on:click=handler(move |_| owning.load())>
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
                        <p class="field-hint" id="assign-reason-notes">
                            "The team reads it in the details of the chat."
                        </p>
                    </div>
                    <ul class="menu-list" aria-label="Assign to">{dynamic(move || choices(owning))}</ul>
                </Menu>
            </div>
            <When is=derived(move || owning.can_hand_back())>{dynamic(move || button("Hand back to the AI agent", ChatOwnership::hand_back))}</When>
            <ActionFailure of=derived(wrong) />
        </div>
        {dynamic(question)}
    }
}

/// A line for each member.
fn choices(owning: ChatOwnership) -> Vec<AnyView> {
    let line = move |id: String, email: String| {
        let chosen = move |_| {
            browser::close_popover(MENU);
            owning.assign(id.clone());
        };
        view! {
            <li class="menu-line">
                <button class="menu-link" type="button" prop:disabled=owning.is_busy on:click=handler(chosen)>
                    <bdi>{email}</bdi>
                </button>
            </li>
        }
        .into_any()
    };
    owning.assignees.get().into_iter().map(|member| line(member.id.to_string(), member.email)).collect()
}
