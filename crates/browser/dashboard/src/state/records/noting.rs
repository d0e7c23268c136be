//! A note that a member writes on the record of a contact: it is one of their newest conversation.

use futures_util::FutureExt;
use knock_model::{ConversationId, MessageId};
use knock_wire::NoteDraft;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::state::session::{Session, use_session};

/// The id of the field.
pub(crate) const NOTE: &str = "record-note";

#[derive(Clone, Copy)]
pub(crate) struct Noting {
    session: Session,
    /// The text, as typed.
    pub(crate) typed: RwSignal<String>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// Whether the last note was stored, and nothing was typed since.
    pub(crate) is_stored: RwSignal<bool>,
    /// The id of the note: the same on every attempt with one text.
    id: StoredValue<Option<MessageId>>,
}

impl Noting {
    pub(crate) fn new() -> Noting {
        let (typed, failure) = (RwSignal::new(String::new()), RwSignal::new(None));
        let (is_busy, is_stored) = (RwSignal::new(false), RwSignal::new(false));
        Noting { session: use_session(), typed, is_busy, failure, is_stored, id: StoredValue::new(None) }
    }

    /// Takes the text as typed: another text is another note.
    pub(crate) fn type_in(self, text: String) {
        self.typed.set(text);
        self.is_stored.set(false);
        self.id.set_value(None);
    }

    /// Stores the note; an empty one is none.
    pub(crate) fn save(self, on: ConversationId, stored: Callback<()>) {
        let text = self.typed.get_untracked().trim().to_owned();
        if text.is_empty() {
            focus_later(NOTE.to_owned());
            return;
        }
        let id = self.id.get_value().unwrap_or_else(|| MessageId::new(self.session.instant(), &browser::random()));
        self.id.set_value(Some(id));
        let client = self.session.client();
        let work =
            async move { client.write_note(on, &NoteDraft { id: id.to_string(), text, mentions: Vec::new() }).await };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.typed.set(String::new());
                self.id.set_value(None);
                self.is_stored.set(true);
                stored.run(());
            }
            self.failure.set(failure);
            focus_later(NOTE.to_owned());
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
