//! Bulk actions on contacts.

use knock_model::IntentType;
use knock_wire::{LeadAction, Tag};
use leptos::prelude::*;

use super::TableTools;
use super::bulk::Bulk;
use super::bulk_spam::{SpamQuestion, UndoSpam};
use super::tag_menu::TagMenu;
use crate::api::records::csv_of;
use crate::kit::browser;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::words::number::counted;

/// The id of the menu of tags.
const TAGS: &str = "contacts-tags";

/// A bar with the possible actions, while a contact is selected.
#[component]
pub(crate) fn BulkBar(
    tools: TableTools,
    /// Called after it is done: the list has changed.
    #[prop(into)]
    done: Callback<()>,
) -> impl IntoView {
    let chosen = tools.chosen;
    let bulk = Bulk::new(tools, done);
    let count = derived(move || {
        let chosen = chosen.with(|chosen| i64::try_from(chosen.len()).unwrap_or(i64::MAX));
        format!("{} selected", counted(chosen, "contact"))
    });
    let set_type = move |event: leptos::ev::Targeted<leptos::ev::Event, leptos::web_sys::HtmlSelectElement>| {
        if let Some(kind) = IntentType::parse(&event.target().value()) {
            bulk.act(LeadAction::SetType { kind });
        }
    };
    let tagged = move |(tag, _): (Tag, bool)| {
        browser::close_popover(TAGS);
        bulk.act(LeadAction::AddTag { tag: tag.id });
    };
    view! {
        <When is=derived(move || chosen.with(|chosen| !chosen.is_empty()))>
            <div class="bulk-bar" role="group" aria-label="Selected contacts">
                <strong>{count}</strong>
                <select
                    class="input table-choice"
                    aria-label="Set the type of the selected contacts"
                    inner_html=types()
                    on:change:target=set_type
                ></select>
                <TagMenu id=TAGS label=Signal::stored("Add tag".to_owned()) is_busy=bulk.is_busy chosen=tagged />
                <button
                    class="button"
                    type="button"
                    prop:disabled=bulk.is_busy
                    on:click=handler(move |_| bulk.ask_about_spam())
                >
                    "Mark as spam\u{2026}"
                </button>
                <a class="button" href=derived(move || csv_of(&bulk.ids())) download="contacts.csv" rel="external">
                    "Export CSV"
                </a>
                <button
                    class="button button-quiet"
                    type="button"
                    on:click=handler(move |_| chosen.update(|chosen| chosen.clear()))
                >
                    "Clear the selection"
                </button>
            </div>
        </When>
        <div class="bulk-said">
            <p role="status">{bulk.said}</p>
            <UndoSpam bulk />
            <ActionFailure of=derived(move || bulk.failure.get().filter(|_| !bulk.asks.get())) />
        </div>
        <SpamQuestion bulk />
    }
}

/// The options of the types that can be set.
fn types() -> String {
    let types = IntentType::ALL.iter().filter(|kind| **kind != IntentType::Unknown);
    let types: String = types.map(|kind| format!("<option>{}</option>", kind.as_str())).collect();
    format!("<option value=\"\">Set the type</option>{types}")
}
