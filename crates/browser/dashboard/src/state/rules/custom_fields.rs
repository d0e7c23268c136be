//! Form state of custom fields.

use futures_util::FutureExt;
use knock_model::{CustomFieldSource, CustomFieldType};
use knock_wire::{CustomField, CustomFields};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::kept::Kept;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::rules::next_id;
use crate::words::site::field_errors;

/// A field with the key of its controls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldDraft {
    /// The key of its controls.
    pub(crate) id: usize,
    pub(crate) field: CustomField,
}

/// The form and the state of saving it.
#[derive(Clone, Copy)]
pub(crate) struct FieldsForm {
    session: Session,
    /// Loads the fields.
    pub(crate) stored: Single<CustomFields>,
    pub(crate) fields: RwSignal<Vec<FieldDraft>>,
    kept: Kept<Vec<CustomField>>,
    /// Whether they are being saved.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
}

impl FieldsForm {
    /// Loads the fields.
    pub(crate) fn start() -> FieldsForm {
        let session = use_session();
        let (fields, kept) = (RwSignal::new(Vec::new()), Kept::new());
        let stored = Single::new(move || {
            let client = session.client();
            async move {
                let known = client.custom_fields().await?;
                fields.try_set(drafts(&known));
                kept.keep(known.fields.clone());
                Ok(known)
            }
            .boxed_local()
        });
        stored.load();
        let (is_busy, failure, said) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(""));
        FieldsForm { session, stored, fields, kept, is_busy, failure, said }
    }

    /// Adds a field and moves the focus there.
    pub(crate) fn add(self) {
        let field = CustomField {
            name: String::new(),
            label: String::new(),
            value_type: CustomFieldType::Text,
            sources: vec![CustomFieldSource::Identify],
            form_field: None,
        };
        let id = next_id();
        self.fields.update(|fields| fields.push(FieldDraft { id, field }));
        focus_later(format!("custom-{id}-label"));
    }

    pub(crate) fn remove(self, id: usize) {
        self.said.set("");
        self.fields.update(|fields| fields.retain(|draft| draft.id != id));
        focus_later("custom-add".to_owned());
    }

    pub(crate) fn change(self, id: usize, change: impl FnOnce(&mut CustomField)) {
        self.said.set("");
        self.fields.update(|fields| {
            if let Some(draft) = fields.iter_mut().find(|draft| draft.id == id) {
                change(&mut draft.field);
            }
        });
    }

    /// A part of a field in the form.
    pub(crate) fn read<T: Default>(self, id: usize, read: impl Fn(&CustomField) -> T) -> T {
        self.fields
            .with(|fields| fields.iter().find(|draft| draft.id == id).map(|draft| read(&draft.field)))
            .unwrap_or_default()
    }

    pub(crate) fn errors(self, id: usize, part: &str) -> Vec<String> {
        let place = self.fields.with(|fields| fields.iter().position(|draft| draft.id == id));
        match (self.failure.get(), place) {
            (Some(Failure::Refused(problem)), Some(place)) => field_errors(&problem, &format!("fields/{place}/{part}")),
            _ => Vec::new(),
        }
    }

    /// The fields as they are sent.
    fn sent(self) -> Vec<CustomField> {
        self.fields.with(|fields| fields.iter().map(|draft| sent(&draft.field)).collect())
    }

    /// Whether there are changes that are not saved.
    pub(crate) fn is_changed(self) -> bool {
        self.kept.differs(&self.sent())
    }

    /// Shows the saved fields again.
    pub(crate) fn discard(self) {
        self.fields.set(drafts(&CustomFields { fields: self.kept.value().unwrap_or_default() }));
        self.failure.set(None);
    }

    pub(crate) fn save(self) {
        self.said.set("");
        let fields = untrack(|| self.sent());
        let client = self.session.client();
        let work = async move {
            let saved = client.save_custom_fields(&CustomFields { fields }).await?;
            self.fields.try_set(drafts(&saved));
            self.kept.keep(saved.fields);
            self.said.try_set("Saved.");
            Ok(())
        };
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}

fn drafts(known: &CustomFields) -> Vec<FieldDraft> {
    known.fields.iter().map(|field| FieldDraft { id: next_id(), field: field.clone() }).collect()
}

/// A field as sent: trimmed, and without empty parts.
fn sent(field: &CustomField) -> CustomField {
    let is_of_form = field.sources.contains(&CustomFieldSource::Form);
    let form_field = field.form_field.as_ref().map(|name| name.trim().to_owned());
    CustomField {
        name: field.name.trim().to_owned(),
        label: field.label.trim().to_owned(),
        form_field: form_field.filter(|name| is_of_form && !name.is_empty()),
        ..field.clone()
    }
}
