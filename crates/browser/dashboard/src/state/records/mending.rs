//! State of the details of a contact while a member edits one.

use futures_util::FutureExt;
use knock_model::{ContactField, LeadId};
use knock_wire::{ContactChange, ContactRecord};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::site::field_errors;

/// The id of the field that is edited.
pub(crate) const TYPED: &str = "contact-detail";

/// The detail that is edited: one at a time.
#[derive(Clone, Copy)]
pub(crate) struct Mending {
    session: Session,
    contact: LeadId,
    record: Single<ContactRecord>,
    pub(crate) field: RwSignal<Option<ContactField>>,
    /// The value, as typed.
    pub(crate) typed: RwSignal<String>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Mending {
    /// Nothing is edited yet; `record` gets the result of each change.
    pub(crate) fn of(contact: LeadId, record: Single<ContactRecord>) -> Mending {
        let (field, typed) = (RwSignal::new(None), RwSignal::new(String::new()));
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        Mending { session: use_session(), contact, record, field, typed, is_busy, failure }
    }

    /// Opens the form of a detail with its current value.
    pub(crate) fn edit(self, field: ContactField, value: String) {
        self.failure.set(None);
        self.typed.set(value);
        self.field.set(Some(field));
        focus_later(TYPED.to_owned());
    }

    /// Closes the form without a change; the focus returns to the button that opened it.
    pub(crate) fn leave(self) {
        if let Some(field) = self.field.get_untracked() {
            self.field.set(None);
            focus_later(button_of(field));
        }
    }

    pub(crate) fn save(self) {
        let Some(field) = self.field.get_untracked() else { return };
        let (client, contact, record) = (self.session.client(), self.contact, self.record);
        let change = change_of(field, self.typed.get_untracked());
        let work = async move {
            let now = client.mend_contact(contact, &change).await?;
            record.outdate();
            record.value.try_set(Some(now));
            Ok(())
        };
        let ended = move |failure: Option<Failure>| match failure {
            None => self.leave(),
            Some(reason) => {
                self.failure.set(Some(reason));
                focus_later(TYPED.to_owned());
            }
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    /// The errors of the field that is edited.
    pub(crate) fn errors(self) -> Vec<String> {
        match (self.failure.get(), self.field.get()) {
            (Some(Failure::Refused(problem)), Some(field)) => field_errors(&problem, field.as_str()),
            _ => Vec::new(),
        }
    }

    /// The failure, unless the field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        let is_placed = !self.errors().is_empty();
        self.failure.get().filter(|_| !is_placed)
    }
}

/// The id of the button that opens the form of a detail.
pub(crate) fn button_of(field: ContactField) -> String {
    format!("{TYPED}-{}", field.as_str())
}

fn change_of(field: ContactField, value: String) -> ContactChange {
    let value = Some(value);
    match field {
        ContactField::Name => ContactChange { name: value, ..ContactChange::default() },
        ContactField::Phone => ContactChange { phone: value, ..ContactChange::default() },
        ContactField::Company => ContactChange { company: value, ..ContactChange::default() },
    }
}
