//! Actions on the selected contacts, and the way back of marking them as spam.

use futures_util::FutureExt;
use knock_model::LeadId;
use knock_wire::{ContactsAction, LeadAction};
use leptos::prelude::*;

use super::TableTools;
use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::state::session::{Session, use_session};
use crate::words::acted::acted_words;

/// The largest number of contacts of one request.
const MOST: usize = 200;

/// The id of the button that undoes it.
pub(super) const UNDO: &str = "bulk-undo";

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
    pub(super) said: RwSignal<String>,
}

impl Bulk {
    pub(super) fn new(tools: TableTools, done: Callback<()>) -> Bulk {
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

    /// Asks before they are marked as spam.
    pub(super) fn ask_about_spam(self) {
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
