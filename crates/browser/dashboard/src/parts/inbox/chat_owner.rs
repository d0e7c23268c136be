//! The owner of a chat, and assigning it.

use knock_wire::Assignee;
use leptos::prelude::*;

use super::assignee_line::assignee_line;
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::parts::table::menu::Menu;
use crate::state::inbox::chat_ownership::{ChatOwnership, Owner};

const MENU: &str = "assign-menu";

/// The owner in a sentence.
#[component]
pub(crate) fn OwnerLine(owning: ChatOwnership) -> impl IntoView {
    let words = memo(move || owning.owner_words());
    view! {
        <p class="chat-owner-name" role="status" title=words>
            <bdi>{words}</bdi>
        </p>
    }
}

/// Buttons that change the owner: taking the chat over, and assigning it.
#[component]
pub(crate) fn ChatOwner(owning: ChatOwnership) -> impl IntoView {
    let is_mine = memo(move || owning.owner() == Owner::Me);
    let take_over = move || {
        view! {
            <button
                class="button"
                type="button"
                prop:disabled=owning.is_busy
                on:click=handler(move |_| owning.take_over())
            >
                "Take over"
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
                <p><bdi>{owning.team.name(&rep)}</bdi> " took this chat in the meantime."</p>
            </Dialog>
        })
    };
    view! {
        <div class="chat-owner" role="group" aria-label="Assignment" tabindex="-1" node_ref=owning.region>
            <When is=derived(move || !is_mine.get())>{dynamic(take_over)}</When>
            <Menu id=MENU label=Signal::stored("Assign".to_owned()) pressed=move |()| owning.load()>
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
            <ActionFailure of=derived(wrong) />
        </div>
        {dynamic(question)}
    }
}

/// A line for each member.
fn choices(owning: ChatOwnership) -> Vec<AnyView> {
    let chosen = move |member: &Assignee| {
        browser::close_popover(MENU);
        owning.assign(member.id.to_string());
    };
    let team = owning.team;
    team.assignees.get().into_iter().map(|member| assignee_line(team, member, owning.is_busy, chosen)).collect()
}
