//! Credentials of a vendor that a person types, by the names of their fields.

use knock_wire::{CrmCredentials, RawSecret};
use leptos::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A field of credentials.
#[derive(Clone)]
pub(crate) struct CredentialField {
    /// The id of its control.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) label: String,
    /// A hint below the label.
    pub(crate) hint: Cow<'static, str>,
    pub(crate) is_secret: bool,
}

/// The hint at a secret.
pub(crate) const STORED_ENCRYPTED: &str = "It is stored encrypted and never shown again.";
/// The hint at the id of an app.
pub(crate) const PUBLIC_ID: &str = "The public id of the app.";

/// The fields of a vendor as the server lists them; the ids of their controls begin with `prefix`.
pub(crate) fn listed_fields(prefix: &str, listed: Vec<knock_wire::CredentialField>) -> Vec<CredentialField> {
    let field = |knock_wire::CredentialField { name, label, hint, is_secret }| {
        let hint = if is_secret && hint.is_empty() { STORED_ENCRYPTED.into() } else { hint.into() };
        CredentialField { id: format!("{prefix}{name}"), name, label, hint, is_secret }
    };
    listed.into_iter().map(field).collect()
}

/// The typed values by the names of their fields.
#[derive(Clone, Copy)]
pub(crate) struct Credentials(RwSignal<BTreeMap<String, String>>);

impl Credentials {
    pub(crate) fn new() -> Credentials {
        Credentials(RwSignal::new(BTreeMap::new()))
    }

    /// The value of a field, as it is typed.
    pub(crate) fn value(self, name: &str) -> String {
        self.0.with(|typed| typed.get(name).cloned()).unwrap_or_default()
    }

    pub(crate) fn set(self, name: &str, value: String) {
        self.0.update(|typed| drop(typed.insert(name.to_owned(), value)));
    }

    /// Fills the fields with these values, and empties all others.
    pub(crate) fn fill(self, values: BTreeMap<String, String>) {
        self.0.set(values);
    }

    /// Empties all fields; no effect after the page was left.
    pub(crate) fn clear(self) {
        self.0.try_update(BTreeMap::clear);
    }

    /// The value of a field to send.
    pub(crate) fn to_send(self, name: &str) -> String {
        self.0.with_untracked(|typed| typed.get(name).map(|value| value.trim().to_owned())).unwrap_or_default()
    }

    /// The values of these fields to send. A secret is sent as it is typed, an empty one not at all.
    pub(crate) fn of_fields(self, fields: &[CredentialField]) -> BTreeMap<String, RawSecret> {
        let sent = |field: &CredentialField| {
            let typed = untrack(|| self.value(&field.name));
            let value = if field.is_secret { typed } else { typed.trim().to_owned() };
            (!field.is_secret || !value.is_empty()).then(|| (field.name.clone(), value.into()))
        };
        fields.iter().filter_map(sent).collect()
    }

    /// The values to send to a CRM.
    pub(crate) fn of_crm(self) -> CrmCredentials {
        let sent = |(name, value): (&String, &String)| (name.clone(), value.trim().to_owned().into());
        CrmCredentials(self.0.with_untracked(|typed| typed.iter().map(sent).collect()))
    }
}
