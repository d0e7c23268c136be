//! State of merging a contact with another one: the search, the preview, and the undo.

use futures_util::FutureExt;
use knock_model::{LeadId, SignalId};
use knock_wire::{ContactRecord, ContactRow, MergePreview};
use leptos::prelude::*;

use crate::api::Failure;
use crate::api::records::Wanted;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::debounce::Debounce;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::merge::{merged_words, undone_words};

/// The id of the search field.
pub(crate) const SEARCH: &str = "merge-search";
/// The id of the button that opens the dialog.
pub(crate) const OPEN: &str = "merge-open";
/// The number of contacts that a search lists.
const MOST: usize = 8;
/// The debounce of a search.
const SETTLE_MS: u64 = 250;

#[derive(Clone, Copy)]
pub(crate) struct Merging {
    session: Session,
    contact: LeadId,
    record: Single<ContactRecord>,
    pub(crate) is_open: RwSignal<bool>,
    /// The search, as typed.
    pub(crate) typed: RwSignal<String>,
    /// The found contacts; none before the first search.
    pub(crate) found: RwSignal<Option<Vec<ContactRow>>>,
    /// Both contacts, and the one that they would be, once another one is chosen.
    pub(crate) preview: RwSignal<Option<MergePreview>>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// What was done, for the reader.
    pub(crate) said: RwSignal<String>,
    search: Debounce,
    changed: Callback<()>,
}

impl Merging {
    /// `record` gets the result of each change; `changed` runs after it.
    pub(crate) fn of(contact: LeadId, record: Single<ContactRecord>, changed: Callback<()>) -> Merging {
        let session = use_session();
        let (typed, found) = (RwSignal::new(String::new()), RwSignal::new(None));
        let failure = RwSignal::new(None);
        let search = Debounce::new(SETTLE_MS, move || search(session, contact, typed, found, failure));
        let (is_open, is_busy) = (RwSignal::new(false), RwSignal::new(false));
        let (preview, said) = (RwSignal::new(None), RwSignal::new(String::new()));
        Merging { session, contact, record, is_open, typed, found, preview, is_busy, failure, said, search, changed }
    }

    pub(crate) fn open(self) {
        self.typed.set(String::new());
        self.found.set(None);
        self.leave_preview();
        self.is_open.set(true);
    }

    pub(crate) fn close(self) {
        self.is_open.set(false);
        self.failure.set(None);
        focus_later(OPEN.to_owned());
    }

    /// Takes the search as typed.
    pub(crate) fn type_in(self, text: String) {
        self.typed.set(text);
        self.search.ask();
    }

    /// Shows what the merge with a contact would be; the older of both stays.
    pub(crate) fn choose(self, other: LeadId) {
        let (client, contact) = (self.session.client(), self.contact);
        self.look(async move {
            let preview = client.merge_preview(contact, other).await?;
            if preview.goes.first_seen_at < preview.stays.first_seen_at {
                return client.merge_preview(other, contact).await;
            }
            Ok(preview)
        });
    }

    /// Shows the merge the other way round.
    pub(crate) fn swap(self) {
        let Some(preview) = self.preview.get_untracked() else { return };
        let client = self.session.client();
        self.look(async move { client.merge_preview(preview.goes.id, preview.stays.id).await });
    }

    /// Returns to the search.
    pub(crate) fn leave_preview(self) {
        self.preview.set(None);
        self.failure.set(None);
        focus_later(SEARCH.to_owned());
    }

    /// Whether the chosen contacts can be merged.
    pub(crate) fn is_ready(self) -> bool {
        self.preview.with(|preview| preview.as_ref().is_some_and(|preview| preview.refused.is_empty()))
    }

    pub(crate) fn merge(self) {
        let Some(preview) = self.preview.get_untracked() else { return };
        let (client, words) = (self.session.client(), merged_words(&preview.goes.display_name));
        let work = async move { client.merge_contacts(preview.stays.id, preview.goes.id).await };
        self.act(work, words, true);
    }

    /// Undoes a merge; `name` is that of the contact that was merged.
    pub(crate) fn undo(self, merge: SignalId, name: &str) {
        let (client, contact, words) = (self.session.client(), self.contact, undone_words(name));
        self.act(async move { client.undo_merge(contact, merge).await }, words, false);
    }

    fn look(self, work: impl Future<Output = Result<MergePreview, Failure>> + 'static) {
        let work = async move {
            let preview = work.await?;
            self.preview.try_set(Some(preview));
            Ok(())
        };
        let ended = move |failure: Option<Failure>| {
            self.failure.try_set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    fn act(self, work: impl Future<Output = Result<ContactRecord, Failure>> + 'static, words: String, closes: bool) {
        let record = self.record;
        let work = async move {
            let now = work.await?;
            record.outdate();
            record.value.try_set(Some(now));
            Ok(())
        };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.said.try_set(words);
                if closes {
                    self.close();
                }
                self.changed.run(());
            }
            self.failure.try_set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}

/// Searches contacts; the one of the record is not among them.
fn search(
    session: Session,
    contact: LeadId,
    typed: RwSignal<String>,
    found: RwSignal<Option<Vec<ContactRow>>>,
    failure: RwSignal<Option<Failure>>,
) {
    let text = typed.get_untracked().trim().to_owned();
    if text.is_empty() {
        found.set(None);
        return;
    }
    let client = session.client();
    leptos::task::spawn_local(async move {
        let wanted = Wanted { asked: vec![("q", text.clone())] };
        let answer = client.contacts(&wanted, None).await;
        // Another text may have been typed meanwhile.
        if typed.try_with_untracked(|typed| typed.trim() == text) != Some(true) {
            return;
        }
        match answer {
            Ok(page) => {
                let others = page.contacts.into_iter().filter(|row| row.id != contact);
                found.try_set(Some(others.take(MOST).collect()));
            }
            Err(reason) => {
                failure.try_set(Some(reason));
            }
        }
    });
}
