//! Exporting and erasing a person, as their page keeps it.

use knock_wire::ErasureReceipt;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::browser;
use crate::session::{Session, use_session};

/// What is asked for, and what came of it.
#[derive(Clone, Copy)]
pub(crate) struct Persons {
    session: Session,
    /// The address whose data are exported.
    pub(crate) exporting: RwSignal<String>,
    /// The address that is erased.
    pub(crate) erasing: RwSignal<String>,
    /// The address once more, typed to confirm.
    pub(crate) typed: RwSignal<String>,
    /// Whether the confirmation is asked for.
    pub(crate) is_asking: RwSignal<bool>,
    /// Whether the typed address is another one.
    pub(crate) is_other: RwSignal<bool>,
    /// The address of the file of an export; empty while there is none.
    pub(crate) document: RwSignal<String>,
    /// The receipt of an erasure.
    pub(crate) receipt: RwSignal<Option<ErasureReceipt>>,
    /// Whether one of the two is under way.
    pub(crate) is_busy: RwSignal<bool>,
    /// What went wrong with an export.
    pub(crate) not_exported: RwSignal<Option<Failure>>,
    /// What went wrong with an erasure.
    pub(crate) not_erased: RwSignal<Option<Failure>>,
}

impl Persons {
    /// Nothing is asked for yet; `email` stands in both forms.
    pub(crate) fn new(email: &str) -> Persons {
        let text = || RwSignal::new(email.to_owned());
        Persons {
            session: use_session(),
            exporting: text(),
            erasing: text(),
            typed: RwSignal::new(String::new()),
            is_asking: RwSignal::new(false),
            is_other: RwSignal::new(false),
            document: RwSignal::new(String::new()),
            receipt: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            not_exported: RwSignal::new(None),
            not_erased: RwSignal::new(None),
        }
    }

    /// Asks for all that is stored of the person, and makes a file of it.
    pub(crate) fn export(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.document.set(String::new());
        let (client, email) = (self.session.client(), self.exporting.get_untracked());
        spawn_local(async move {
            let answer = client.export_person(email).await;
            let (document, failure) = match answer {
                Ok(document) => (browser::file_of(&format!("{document:#}")), None),
                Err(failure) => (String::new(), Some(failure)),
            };
            self.document.try_set(document);
            self.not_exported.try_set(failure);
            self.is_busy.try_set(false);
        });
    }

    /// Asks whether to erase.
    pub(crate) fn ask(self) {
        self.typed.set(String::new());
        self.is_other.set(false);
        self.not_erased.set(None);
        self.receipt.set(None);
        self.is_asking.set(true);
    }

    /// Erases the person whose address was typed once more.
    pub(crate) fn erase(self) {
        let email = self.erasing.get_untracked().trim().to_owned();
        let is_other = self.typed.get_untracked().trim() != email;
        self.is_other.set(is_other);
        if is_other || self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        let client = self.session.client();
        spawn_local(async move {
            match client.erase_person(email).await {
                Ok(receipt) => {
                    self.receipt.try_set(Some(receipt));
                    self.is_asking.try_set(false);
                    self.erasing.try_set(String::new());
                }
                Err(failure) => {
                    self.not_erased.try_set(Some(failure));
                }
            }
            self.is_busy.try_set(false);
        });
    }
}
