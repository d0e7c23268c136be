//! Bulk actions on contacts.

use futures_util::FutureExt;
use knock_model::{IntentType, LeadId};
use knock_wire::{ContactsAction, LeadAction};
use leptos::prelude::*;

use super::TableTools;
use crate::api::Failure;
use crate::api::records::csv_of;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::state::session::{Session, use_session};
use crate::words::acted::acted_words;
use crate::words::number::counted;

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
                <button
                    class="button"
                    type="button"
                    prop:disabled=bulk.is_busy
                    on:click=handler(move |_| bulk.act(LeadAction::MarkSpam))
                >
                    "Mark as spam"
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
                <ActionFailure of=bulk.failure />
            </div>
        </When>
        <p class="bulk-said" role="status">
            {bulk.said}
        </p>
    }
}

/// The options of the types that can be set.
fn types() -> String {
    let types = IntentType::ALL.iter().filter(|kind| **kind != IntentType::Unknown);
    let types: String = types.map(|kind| format!("<option>{}</option>", kind.as_str())).collect();
    format!("<option value=\"\">Set the type</option>{types}")
}

/// An action on the selected contacts.
#[derive(Clone, Copy)]
struct Bulk {
    tools: TableTools,
    done: Callback<()>,
    session: Session,
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    said: RwSignal<String>,
}

impl Bulk {
    fn new(tools: TableTools, done: Callback<()>) -> Bulk {
        Bulk {
            tools,
            done,
            session: use_session(),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        }
    }

    fn ids(self) -> Vec<LeadId> {
        self.tools.chosen.with(|chosen| chosen.iter().copied().take(MOST).collect())
    }

    fn act(self, action: LeadAction) {
        let Bulk { said, done, failure, .. } = self;
        let (chosen, client) = (self.tools.chosen, self.session.client());
        let contacts = untrack(|| self.ids());
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
        one_at_a_time(self.is_busy, failure, work.boxed_local(), Box::new(ended));
    }
}
