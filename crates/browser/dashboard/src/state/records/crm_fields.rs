//! The fields of connected CRMs, by which contacts are filtered beside those of the catalogue.

use knock_routing::Kind;
use knock_wire::{FieldInput, FieldOption};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::session::{Session, use_session};
use crate::words::rule::rule_field_label;

/// What is offered; nothing before it is loaded, and without a CRM.
#[derive(Clone, Copy)]
pub(crate) struct CrmFields {
    session: Session,
    pub(crate) all: RwSignal<Vec<FieldInput>>,
}

impl CrmFields {
    /// Nothing is requested yet.
    pub(crate) fn new() -> CrmFields {
        CrmFields { session: use_session(), all: RwSignal::default() }
    }

    /// Loads them; if that fails, none is offered that was not before.
    pub(crate) fn load(self) {
        let client = self.session.client();
        spawn_local(async move {
            if let Ok(found) = client.contact_fields().await {
                self.all.try_set(found.fields);
            }
        });
    }

    /// The kind of the values of a field; a text if it is not among them.
    pub(crate) fn kind(self, field: &str) -> Kind {
        let word =
            self.all.with(|all| all.iter().find(|input| input.field == field).map(|input| input.value_type.clone()));
        match word.as_deref() {
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Bool,
            Some("list") => Kind::List,
            _ => Kind::Text,
        }
    }

    /// The options of a field; empty if it has none.
    pub(crate) fn options(self, field: &str) -> Vec<FieldOption> {
        self.all
            .with(|all| all.iter().find(|input| input.field == field).map(|input| input.options.clone()))
            .unwrap_or_default()
    }
}

/// The label of a field: that of the CRM, else its name in words.
pub(crate) fn input_label(input: &FieldInput) -> String {
    input.label.clone().unwrap_or_else(|| rule_field_label(&input.field))
}
