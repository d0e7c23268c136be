//! Done, Snooze and Reopen, in the head of an open conversation.

use knock_status::chat::Folder;
use knock_wire::{ConversationRow, LeadAction};
use leptos::html::Div;
use leptos::prelude::*;

use super::snooze_menu::SnoozeMenu;
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::icon::{Icon, IconMark};
use crate::state::inbox::thread::Thread;
use crate::state::inbox::working::{Working, use_working};

/// The id of the menu, which a key opens.
const MENU: &str = "snooze";

/// What can be said about work on a conversation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Offered {
    /// It is open.
    PutAway,
    /// It is done, snoozed or closed.
    Reopen,
    Nothing,
}

impl Offered {
    fn of(row: &ConversationRow) -> Offered {
        match row.folder.as_ref().and_then(|folder| folder.known()) {
            Some(Folder::Open) => Offered::PutAway,
            Some(Folder::Snoozed | Folder::Done | Folder::Closed) => Offered::Reopen,
            Some(Folder::Rejected | Folder::Spam) | None => Offered::Nothing,
        }
    }
}

/// Buttons for what is possible; both can be taken back, so nothing is asked.
#[component]
pub(crate) fn WorkActions(thread: Thread, #[prop(into)] row: Signal<ConversationRow>) -> impl IntoView {
    let work = use_working()?;
    // That of another conversation.
    work.failure.set(None);
    let offered = memo(move || row.with(Offered::of));
    let region = NodeRef::<Div>::new();
    let act = move |action: LeadAction| work.put_away(thread.id, row.with_untracked(|row| row.lead), action);
    let reopened = move || {
        thread.changed();
        // The pressed button is removed: the focus must not be lost with it.
        request_animation_frame(move || {
            drop(region.try_get_untracked().flatten().inspect(|region| browser::focus(region)));
        });
    };
    let buttons = move || match offered.get() {
        Offered::PutAway => put_away(work, Callback::new(act)),
        Offered::Reopen => view! {
            <button
                class="button button-strong"
                type="button"
                prop:disabled=work.is_busy
                on:click=handler(move |_| work.reopen(thread.id, reopened))
            >
                "Reopen"
            </button>
        }
        .into_any(),
        Offered::Nothing => ().into_any(),
    };
    // While lines are selected, the bar of the list shows it.
    let failure = derived(move || work.failure.get().filter(|_| work.selection.is_empty()));
    Some(view! {
        <div class="work-actions" role="group" aria-label="Work" tabindex="-1" node_ref=region>
            {dynamic(buttons)}
            <ActionFailure of=failure />
        </div>
    })
}

fn put_away(work: Working, act: Callback<LeadAction>) -> AnyView {
    view! {
        <button
            class="button button-strong work-done"
            type="button"
            prop:disabled=work.is_busy
            on:click=handler(move |_| act.run(LeadAction::Done))
        >
            <IconMark icon=Icon::Check />
            "Done"
        </button>
        <SnoozeMenu id=MENU chosen=move |until| act.run(LeadAction::Snooze { until }) />
    }
    .into_any()
}
