//! Credentials of a vendor that a person types, by the names of their fields.

use knock_wire::{CrmCredentialField, CrmCredentials};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// A field of credentials.
#[derive(Clone)]
pub(crate) struct CredentialField {
    /// The id of its control.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) label: String,
    /// A hint below the label.
    pub(crate) hint: &'static str,
    pub(crate) is_secret: bool,
}

/// The hint at a secret.
pub(crate) const STORED_ENCRYPTED: &str = "It is stored encrypted and never shown again.";
/// The hint at the id of an app.
pub(crate) const PUBLIC_ID: &str = "The public id of the app.";

/// The fields of a CRM, as its settings list them.
pub(crate) fn crm_fields(listed: Vec<CrmCredentialField>) -> Vec<CredentialField> {
    let field = |CrmCredentialField { name, label, is_secret }| {
        let hint = if is_secret {
            STORED_ENCRYPTED
        } else if name == "client_id" {
            PUBLIC_ID
        } else {
            ""
        };
        CredentialField { id: format!("crm-{name}"), name, label, hint, is_secret }
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

    /// Empties all fields; no effect after the page was left.
    pub(crate) fn clear(self) {
        self.0.try_update(BTreeMap::clear);
    }

    /// The value of a field to send.
    pub(crate) fn to_send(self, name: &str) -> String {
        self.0.with_untracked(|typed| typed.get(name).map(|value| value.trim().to_owned())).unwrap_or_default()
    }

    /// The values to send to a CRM.
    pub(crate) fn of_crm(self) -> CrmCredentials {
        let sent = |(name, value): (&String, &String)| (name.clone(), value.trim().to_owned().into());
        CrmCredentials(self.0.with_untracked(|typed| typed.iter().map(sent).collect()))
    }
}
