//! Bulk actions on contacts.

use futures_util::FutureExt;
use knock_model::{IntentType, LeadId};
use knock_wire::{ContactsAction, LeadAction};
use leptos::prelude::*;

use super::TableTools;
use crate::api::{Failure, csv_of};
use crate::changing::one_at_a_time;
use crate::parts::{ActionFailure, When};
use crate::reactive::{derived, handler};
use crate::session::use_session;
use crate::words::{acted_words, counted};

/// The largest number of contacts of one request.
const MOST: usize = 200;

/// A bar with the possible actions, while a contact is selected.
#[component]
pub(crate) fn BulkBar(
    tools: TableTools,
    /// Called after it is done: the list has changed.
    #[prop(into)]
    done: Callback<()>,
) -> impl IntoView {
    let chosen = tools.chosen;
    let (session, is_busy) = (use_session(), RwSignal::new(false));
    let (failure, said) = (RwSignal::new(None::<Failure>), RwSignal::new(String::new()));
    let ids = move || chosen.with(|chosen| chosen.iter().copied().take(MOST).collect::<Vec<LeadId>>());
    let act = move |action: LeadAction| {
        let (client, contacts) = (session.client(), untrack(ids));
        let work = async move {
            let acted = client.act_on_contacts(&ContactsAction { contacts, action: action.clone() }).await?;
            said.try_set(acted_words(&action, acted.done, acted.without_chat.len()));
            Ok(())
        };
        let ended = move |outcome: Option<Failure>| {
            if outcome.is_none() {
                chosen.update(|chosen| chosen.clear());
                done.run(());
            }
            failure.set(outcome);
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    };
    let count = derived(move || {
        let chosen = chosen.with(|chosen| i64::try_from(chosen.len()).unwrap_or(i64::MAX));
        format!("{} selected", counted(chosen, "contact"))
    });
    let types = IntentType::ALL.iter().filter(|kind| **kind != IntentType::Unknown);
    let types: String = types.map(|kind| format!("<option>{}</option>", kind.as_str())).collect();
    let types = format!("<option value=\"\">Set the type</option>{types}");
    let set_type = move |event: leptos::ev::Targeted<leptos::ev::Event, leptos::web_sys::HtmlSelectElement>| {
        if let Some(kind) = IntentType::parse(&event.target().value()) {
            act(LeadAction::SetType { kind });
        }
    };
    view! {
        <When is=derived(move || chosen.with(|chosen| !chosen.is_empty()))>
            <div class="bulk-bar" role="group" aria-label="Selected contacts">
                <strong>{count}</strong>
                <select
                    class="input table-choice"
                    aria-label="Set the type of the selected contacts"
                    inner_html=types.clone()
                    on:change:target=set_type
                ></select>
                <button
                    class="button"
                    type="button"
                    prop:disabled=is_busy
                    on:click=handler(move |_| act(LeadAction::MarkSpam))
                >
                    "Mark as spam"
                </button>
                <a class="button" href=derived(move || csv_of(&ids())) download="contacts.csv" rel="external">
                    "Export CSV"
                </a>
                <button
                    class="button button-quiet"
                    type="button"
                    on:click=handler(move |_| chosen.update(|chosen| chosen.clear()))
                >
                    "Clear the selection"
                </button>
                <ActionFailure of=failure />
            </div>
        </When>
        <p class="bulk-said" role="status">
            {said}
        </p>
    }
}
