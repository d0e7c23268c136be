//! The actions on the selected conversations.

use knock_status::chat::{Folder, InboxView};
use knock_wire::{LeadAction, Tag};
use leptos::prelude::*;

use super::assign_menu::AssignMenu;
use super::snooze_menu::SnoozeMenu;
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::parts::table::tag_menu::TagMenu;
use crate::state::inbox::working::Working;
use crate::words::number::counted;
use crate::words::work::snoozed_phrase;

/// The id of the menu, which a key opens.
const SNOOZE: &str = "bulk-snooze";
/// The id of the menu of tags, which a key opens.
const TAGS: &str = "bulk-tags";

/// A bar with what is possible in the view, while a line is selected.
#[component]
pub(crate) fn SelectionBar(work: Working, view: Memo<InboxView>) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let folder = memo(move || view.get().folder());
    let count = derived(move || format!("{} selected", work.selection.count()));
    let buttons = move || buttons(work, folder.get(), is_asked);
    view! {
        <When is=derived(move || !work.selection.is_empty())>
            <div class="bulk-bar inbox-bulk" role="group" aria-label="Selected conversations">
                <strong role="status">{count}</strong>
                {dynamic(buttons)}
                <button
                    class="button button-quiet"
                    type="button"
                    on:click=handler(move |_| work.selection.choose_all(false))
                >
                    "Clear"
                </button>
                <ActionFailure of=work.failure />
            </div>
        </When>
        {dynamic(move || is_asked.get().then(|| spam_question(work, is_asked)))}
    }
}

fn buttons(work: Working, folder: Folder, is_asked: RwSignal<bool>) -> Vec<AnyView> {
    let button = move |name: &'static str, class: &'static str, act: Callback<()>| {
        view! {
            <button class=class type="button" prop:disabled=work.is_busy on:click=handler(move |_| act.run(()))>
                {name}
            </button>
        }
        .into_any()
    };
    let acts = move |action: LeadAction, what: &'static str| {
        Callback::new(move |()| work.act_on_selected(action.clone(), what.to_owned()))
    };
    let spam = move || button("Mark as spam\u{2026}", "button", Callback::new(move |()| is_asked.set(true)));
    let reopen = move || button("Reopen", "button button-strong", acts(LeadAction::Reopen, "open again"));
    let assign = move || view! { <AssignMenu work /> }.into_any();
    match folder {
        Folder::Open => vec![
            button("Done", "button button-strong work-done", acts(LeadAction::Done, "done")),
            snooze(work),
            assign(),
            tag(work),
            spam(),
        ],
        Folder::Snoozed | Folder::Done | Folder::Closed => vec![reopen(), assign(), tag(work), spam()],
        Folder::Rejected => vec![assign(), tag(work)],
        Folder::Spam => vec![button("Not spam", "button", acts(LeadAction::UnmarkSpam, "no longer spam"))],
    }
}

fn snooze(work: Working) -> AnyView {
    let chosen = move |until| {
        let what = snoozed_phrase(until, work.wall());
        work.act_on_selected(LeadAction::Snooze { until }, what);
    };
    view! { <SnoozeMenu id=SNOOZE chosen /> }.into_any()
}

/// A menu that adds a tag.
fn tag(work: Working) -> AnyView {
    let chosen = move |(tag, _): (Tag, bool)| {
        browser::close_popover(TAGS);
        work.act_on_selected(LeadAction::AddTag { tag: tag.id }, format!("tagged {}", tag.name));
    };
    view! { <TagMenu id=TAGS label=Signal::stored("Add tag".to_owned()) is_busy=work.is_busy chosen /> }.into_any()
}

fn spam_question(work: Working, is_asked: RwSignal<bool>) -> AnyView {
    let count = work.selection.leads().len();
    let conversations = counted(i64::try_from(count).unwrap_or(i64::MAX), "conversation");
    let confirmed = move |()| {
        is_asked.set(false);
        work.act_on_selected(LeadAction::MarkSpam, "marked as spam".to_owned());
    };
    view! {
        <Dialog
            title=format!("Mark {conversations} as spam?")
            confirm="Mark as spam"
            is_busy=work.is_busy
            failure=work.failure
            confirmed
            closed=move |()| is_asked.set(false)
        >
            <p>"The leads leave every view and count, and their conversations move to the Spam view."</p>
        </Dialog>
    }
    .into_any()
}
