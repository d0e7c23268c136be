//! Marking the selected contacts as spam: the question before it, and the way back after it.

use knock_wire::LeadAction;
use leptos::prelude::*;

use super::bulk::{Bulk, UNDO};
use crate::kit::reactive::{derived, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::page::when::When;
use crate::words::acted::spam_question;

/// The confirmation, while it is asked about.
#[component]
pub(super) fn SpamQuestion(bulk: Bulk) -> impl IntoView {
    view! {
        <When is=derived(move || bulk.asks.get())>
            <Dialog
                title=spam_question(untrack(|| bulk.ids().len()))
                confirm="Mark as spam"
                is_busy=bulk.is_busy
                failure=bulk.failure
                confirmed=move |()| bulk.act(LeadAction::MarkSpam)
                closed=move |()| {
                    bulk.asks.set(false);
                    bulk.failure.set(None);
                }
            >
                <p>"They leave every view and count, and their conversations move to the Spam view. You can undo it."</p>
            </Dialog>
        </When>
    }
}

/// The way back, and where they are now.
#[component]
pub(super) fn UndoSpam(bulk: Bulk) -> impl IntoView {
    let undo = move |_| bulk.act_on(bulk.marked.get_untracked(), LeadAction::UnmarkSpam);
    view! {
        <When is=derived(move || bulk.marked.with(|marked| !marked.is_empty()))>
            <button class="button" type="button" id=UNDO prop:disabled=bulk.is_busy on:click=handler(undo)>
                "Undo"
            </button>
            <a class="link" href="/app/inbox?view=spam">"Show the Spam view"</a>
        </When>
    }
}
