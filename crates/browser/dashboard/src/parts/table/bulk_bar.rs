//! Bulk actions on contacts.

use futures_util::FutureExt;
use knock_model::{IntentType, LeadId};
use knock_wire::{ContactsAction, LeadAction};
use leptos::prelude::*;

use super::TableTools;
use super::bulk_spam::{SpamQuestion, UNDO, UndoSpam};
use crate::api::Failure;
use crate::api::records::csv_of;
use crate::kit::changing::{focus_later, one_at_a_time};
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

/// An action on the selected contacts.
#[derive(Clone, Copy)]
pub(crate) struct Bulk {
    tools: TableTools,
    done: Callback<()>,
    session: Session,
    /// Whether marking the selected contacts as spam is asked about.
    pub(super) asks: RwSignal<bool>,
    /// The contacts that were marked as spam last, until something else is done.
    pub(super) marked: RwSignal<Vec<LeadId>>,
    pub(super) is_busy: RwSignal<bool>,
    pub(super) failure: RwSignal<Option<Failure>>,
    said: RwSignal<String>,
}

impl Bulk {
    fn new(tools: TableTools, done: Callback<()>) -> Bulk {
        Bulk {
            tools,
            done,
            session: use_session(),
            asks: RwSignal::new(false),
            marked: RwSignal::new(Vec::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        }
    }

    /// The selected contacts, as many as one request takes.
    pub(super) fn ids(self) -> Vec<LeadId> {
        self.tools.chosen.with(|chosen| chosen.iter().copied().take(MOST).collect())
    }

    fn ask_about_spam(self) {
        self.failure.set(None);
        self.asks.set(true);
    }

    /// Acts on the selected contacts.
    pub(super) fn act(self, action: LeadAction) {
        let contacts = untrack(|| self.ids());
        self.act_on(contacts, action);
    }

    /// Acts on contacts; of those marked as spam it is kept which were, so that it can be undone.
    pub(super) fn act_on(self, contacts: Vec<LeadId>, action: LeadAction) {
        let Bulk { said, done, failure, asks, marked, .. } = self;
        let (chosen, client) = (self.tools.chosen, self.session.client());
        let work = async move {
            let wanted = ContactsAction { contacts, action };
            let acted = client.act_on_contacts(&wanted).await?;
            let ContactsAction { mut contacts, action } = wanted;
            said.try_set(acted_words(&action, acted.done, acted.without_chat.len()));
            contacts.retain(|contact| action == LeadAction::MarkSpam && !acted.without_chat.contains(contact));
            marked.try_set(contacts);
            Ok(())
        };
        let ended = move |outcome: Option<Failure>| {
            if outcome.is_none() {
                chosen.update(|chosen| chosen.clear());
                if asks.get_untracked() {
                    asks.set(false);
                    // The bar with the focus is removed.
                    focus_later(UNDO.to_owned());
                }
                done.run(());
            }
            failure.set(outcome);
        };
        one_at_a_time(self.is_busy, failure, work.boxed_local(), Box::new(ended));
    }
}
