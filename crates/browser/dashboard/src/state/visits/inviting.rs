//! Writing to a visitor first: the dialog, its draft for each visitor, and the outcome.

use futures_util::FutureExt;
use knock_model::{MessageId, VisitorId};
use knock_wire::{InvitationDraft, VisitRow};
use leptos::prelude::*;

use super::list::OnSite;
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::state::session::{Session, use_session};
use crate::words::invitation::{INVITATION_LIMIT, visitor_name};

/// The dialog for one visitor at a time.
#[derive(Clone, Copy)]
pub(crate) struct Inviting {
    session: Session,
    on_site: OnSite,
    /// The visitor; none while it is closed.
    pub(crate) to: RwSignal<Option<VisitRow>>,
    /// The text, as typed.
    pub(crate) text: RwSignal<String>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The outcome in words; empty before the first one.
    pub(crate) outcome: RwSignal<String>,
    /// What was typed to other visitors: closing the dialog loses nothing.
    drafts: StoredValue<Vec<(VisitorId, String)>>,
    /// The id of the message: the same on every attempt with one text.
    id: StoredValue<Option<MessageId>>,
}

impl Inviting {
    pub(crate) fn new(on_site: OnSite) -> Inviting {
        Inviting {
            session: use_session(),
            on_site,
            to: RwSignal::new(None),
            text: RwSignal::new(String::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            outcome: RwSignal::new(String::new()),
            drafts: StoredValue::new(Vec::new()),
            id: StoredValue::new(None),
        }
    }

    /// Opens the dialog for a visitor, with what was typed to them before.
    pub(crate) fn open(self, row: VisitRow) {
        let draft = self.drafts.with_value(|drafts| {
            drafts.iter().find(|(of, _)| *of == row.visitor).map(|(_, text)| text.clone()).unwrap_or_default()
        });
        self.type_in(draft);
        self.failure.set(None);
        self.outcome.set(String::new());
        self.to.set(Some(row));
    }

    /// Takes the text as typed: another text is another message.
    pub(crate) fn type_in(self, text: String) {
        self.text.set(text);
        self.id.set_value(None);
    }

    /// Closes the dialog and keeps what was typed.
    pub(crate) fn close(self) {
        if let Some(row) = self.to.get_untracked() {
            self.keep(row.visitor, self.text.get_untracked());
            self.to.set(None);
        }
    }

    fn keep(self, visitor: VisitorId, text: String) {
        self.drafts.update_value(|drafts| {
            drafts.retain(|(of, _)| *of != visitor);
            if !text.trim().is_empty() {
                drafts.push((visitor, text));
            }
        });
    }

    /// Whether the text can be sent.
    pub(crate) fn is_ready(self) -> bool {
        (1..=INVITATION_LIMIT).contains(&self.text.with(|text| text.trim().chars().count()))
    }

    /// Sends the message.
    pub(crate) fn send(self) {
        let Some(row) = self.to.get_untracked().filter(|_| untrack(|| self.is_ready())) else { return };
        let text = self.text.get_untracked().trim().to_owned();
        let id = self.id.get_value().unwrap_or_else(|| MessageId::new(self.session.instant(), &browser::random()));
        self.id.set_value(Some(id));
        let (site, visitor) = (row.site.clone(), row.visitor.to_string());
        let draft = InvitationDraft { id: id.to_string(), site, visitor, text };
        let client = self.session.client();
        let work = async move { client.write_first(&draft).await.map(drop) };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.sent(&row);
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    fn sent(self, row: &VisitRow) {
        self.keep(row.visitor, String::new());
        self.to.set(None);
        self.outcome.set(format!("Your message to {} was sent.", visitor_name(row)));
        self.on_site.ask();
        focus_later(write_button(row.visitor));
    }
}

/// The id of the button that opens the dialog for a visitor.
pub(crate) fn write_button(visitor: VisitorId) -> String {
    format!("write-{visitor}")
}
