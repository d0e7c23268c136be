//! Custom fields: their definition, and values set by programs, members and workflows.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::custom_fields::{coerced, known};
use crate::happened::Happened;
use crate::notice::Notice;
use knock_model::{AuditAction, CustomFieldSource, Email, LeadId, Millis, SignalId};
use knock_ports::{CustomValue, Fields, Ledger, StoreError, View};
use knock_routing::Value;
use knock_wire::{CustomField, CustomFields};
use serde_json::json;
use std::collections::BTreeMap;

/// Defines the custom fields. Values of fields that are no longer defined are not read any more.
#[derive(Clone, Debug)]
pub struct SaveCustomFields {
    pub fields: CustomFields,
}

impl Change for SaveCustomFields {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.custom_fields()?;
        if before == self.fields {
            return Ok(((), None));
        }
        ledger.save_custom_fields(&self.fields)?;
        let note = Note::new(AuditAction::CustomFieldsChanged, subject("workspace", "", ""));
        Ok(((), Some(note.changed(json!(before), json!(self.fields)))))
    }
}

/// Sets values of custom fields of a contact.
#[derive(Clone, Debug)]
pub struct SetCustomValues {
    pub lead: LeadId,
    /// The values by field name; none removes a value.
    pub values: BTreeMap<String, Option<Value>>,
    /// The source of the values. A workflow may set every field.
    pub source: CustomFieldSource,
    /// An id for the fact.
    pub id: SignalId,
    pub now: Millis,
}

/// The outcome of setting values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomValuesSet {
    Set,
    UnknownContact,
    /// No field that the source may set has this name.
    UnknownField(String),
    /// The value of this field is of another type.
    WrongType(String),
}

impl Change for SetCustomValues {
    type Outcome = CustomValuesSet;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(CustomValuesSet, Option<Note>), StoreError> {
        let lead = ledger.merged_into(self.lead)?;
        let Some(record) = ledger.lead(lead)? else { return Ok((CustomValuesSet::UnknownContact, None)) };
        let (source, defined) = (self.source, ledger.custom_fields()?.fields);
        let is_open = |field: &&CustomField| source == CustomFieldSource::Workflow || field.sources.contains(&source);
        let mut values = Vec::with_capacity(self.values.len());
        for (name, said) in &self.values {
            let field = defined.iter().find(|field| field.name == *name).filter(is_open);
            let Some(field) = field else { return Ok((CustomValuesSet::UnknownField(name.clone()), None)) };
            let value = said.as_ref().map(|said| coerced(field.value_type, said));
            if value == Some(None) {
                return Ok((CustomValuesSet::WrongType(name.clone()), None));
            }
            let (id, name, value, at) = (self.id, name.clone(), value.flatten(), self.now);
            values.push(CustomValue { id, name, lead, value, source, at });
        }
        let (before, former) = (shown(ledger, lead)?, former_values(ledger, lead, &defined)?);
        values.iter().try_for_each(|value| ledger.append_custom_value(value))?;
        let after = shown(ledger, lead)?;
        if before == after {
            return Ok((CustomValuesSet::Set, None));
        }
        changes.push(Notice::Lead(lead));
        changes.happened(self.now, Happened::FieldsChanged { lead, before: former });
        let name = record.email.as_ref().map(Email::to_text).unwrap_or_default();
        let of = subject("contact", lead.to_string(), name);
        let note = Note::new(AuditAction::ContactFieldsChanged, of).about(lead);
        Ok((CustomValuesSet::Set, Some(note.changed(before.into(), after.into()))))
    }
}

/// The values of all custom fields of a lead, by the names of the fields of routing.
fn former_values(
    view: &dyn View,
    lead: LeadId,
    defined: &[CustomField],
) -> Result<Vec<(String, Option<Value>)>, StoreError> {
    let known = known(view, lead)?;
    let value = |name: &str| known.iter().find(|(field, ..)| field.name == name).map(|(.., value)| value.clone());
    Ok(defined.iter().map(|field| (format!("custom.{}", field.name), value(&field.name))).collect())
}

/// The custom fields of a lead, as the audit log shows them.
fn shown(view: &dyn View, lead: LeadId) -> Result<Fields, StoreError> {
    let known = known(view, lead)?.into_iter();
    let values = known.map(|(field, _, value)| {
        let value = serde_json::to_value(&value).map_err(|error| StoreError::Broken(error.to_string()))?;
        Ok((field.name, value))
    });
    values.collect()
}
