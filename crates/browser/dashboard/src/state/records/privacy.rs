//! State of the export and erasure of a person.

use knock_model::LeadId;
use knock_wire::{ErasureReceipt, PersonAsk};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::browser::files;
use crate::kit::changing::focus_after_dialog;
use crate::state::session::{Session, use_session};

/// Requests for export and erasure, and their results.
#[derive(Clone, Copy)]
pub(crate) struct Persons {
    session: Session,
    /// The contact that is exported or erased; none if the person is given by an address.
    contact: Option<LeadId>,
    /// The address whose data are exported; for a contact, its name.
    pub(crate) exporting: RwSignal<String>,
    /// The address that is erased, or the contact's name.
    pub(crate) erasing: RwSignal<String>,
    /// The address or name again, typed to confirm.
    pub(crate) typed: RwSignal<String>,
    /// Whether the confirmation is open.
    pub(crate) is_asking: RwSignal<bool>,
    /// Whether another text was typed.
    pub(crate) is_other: RwSignal<bool>,
    /// The address of the file of an export; empty while there is none.
    pub(crate) document: RwSignal<String>,
    pub(crate) receipt: RwSignal<Option<ErasureReceipt>>,
    /// The element that shows the receipt.
    pub(crate) region: NodeRef<Div>,
    /// Whether an export or an erasure is under way.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) not_exported: RwSignal<Option<Failure>>,
    /// The failure of an erasure.
    pub(crate) not_erased: RwSignal<Option<Failure>>,
}

impl Persons {
    /// The forms; nothing is requested yet, and `email` is in both.
    pub(crate) fn new(email: &str) -> Persons {
        Persons::about(email, None)
    }

    pub(crate) fn of_contact(id: LeadId, name: &str) -> Persons {
        Persons::about(name, Some(id))
    }

    fn about(text: &str, contact: Option<LeadId>) -> Persons {
        let text = || RwSignal::new(text.to_owned());
        Persons {
            session: use_session(),
            contact,
            exporting: text(),
            erasing: text(),
            typed: RwSignal::new(String::new()),
            is_asking: RwSignal::new(false),
            is_other: RwSignal::new(false),
            document: RwSignal::new(String::new()),
            receipt: RwSignal::new(None),
            region: NodeRef::new(),
            is_busy: RwSignal::new(false),
            not_exported: RwSignal::new(None),
            not_erased: RwSignal::new(None),
        }
    }

    /// Whether the person is given by a contact.
    pub(crate) const fn is_of_contact(self) -> bool {
        self.contact.is_some()
    }

    fn whose(self, text: &str) -> PersonAsk {
        let email = self.contact.is_none().then(|| text.trim().to_owned());
        PersonAsk { email, contact: self.contact }
    }

    /// Requests all stored data of the person, and makes a file of it.
    pub(crate) fn export(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.document.set(String::new());
        let (client, ask) = (self.session.client(), self.whose(&self.exporting.get_untracked()));
        spawn_local(async move {
            let answer = client.export_person(&ask).await;
            let (document, failure) = match answer {
                Ok(document) => (files::file_of(&format!("{document:#}")), None),
                Err(failure) => (String::new(), Some(failure)),
            };
            self.document.try_set(document);
            self.not_exported.try_set(failure);
            self.is_busy.try_set(false);
        });
    }

    /// Opens the confirmation of an erasure.
    pub(crate) fn ask(self) {
        self.typed.set(String::new());
        self.is_other.set(false);
        self.not_erased.set(None);
        self.receipt.set(None);
        self.is_asking.set(true);
    }

    /// Erases the person whose address or name was typed again.
    pub(crate) fn erase(self) {
        let erasing = self.erasing.get_untracked();
        let is_other = self.typed.get_untracked().trim() != erasing.trim();
        self.is_other.set(is_other);
        if is_other || self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        let (client, ask) = (self.session.client(), self.whose(&erasing));
        spawn_local(async move {
            match client.erase_person(&ask).await {
                Ok(receipt) => {
                    self.receipt.try_set(Some(receipt));
                    self.is_asking.try_set(false);
                    if self.contact.is_none() {
                        self.erasing.try_set(String::new());
                    }
                    focus_after_dialog(self.region);
                }
                Err(failure) => {
                    self.not_erased.try_set(Some(failure));
                }
            }
            self.is_busy.try_set(false);
        });
    }
}
