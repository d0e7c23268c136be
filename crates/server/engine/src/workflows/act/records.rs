//! A tag, and a value of a custom field, by the commands that members use.

use super::acting::Acting;
use crate::audited::Change;
use crate::changes::Changes;
use crate::commands::{CustomValuesSet, SetCustomValues};
use crate::commands::{TagLead, Tagged};
use crate::writer::Command;
use knock_model::{CustomFieldSource, TagId};
use knock_ports::{Ledger, StoreError};
use knock_routing::Value;

pub(super) fn tag(
    ledger: &mut dyn Ledger,
    acting: &Acting,
    tag: TagId,
    changes: &mut Changes,
) -> Result<Option<&'static str>, StoreError> {
    let command = TagLead { lead: acting.lead.id, tag, is_set: true, member: None, now: acting.now };
    Ok(match command.by(acting.actor(), acting.now).run(ledger, changes)? {
        Tagged::Done => None,
        Tagged::UnknownLead => Some("lead_gone"),
        Tagged::UnknownTag => Some("tag_gone"),
    })
}

pub(super) fn set_field(
    ledger: &mut dyn Ledger,
    acting: &Acting,
    (field, value): (&str, &str),
    changes: &mut Changes,
) -> Result<Option<&'static str>, StoreError> {
    let value = (!value.trim().is_empty()).then(|| Value::text(value));
    let (lead, source) = (acting.lead.id, CustomFieldSource::Workflow);
    let values = [(field.to_owned(), value)].into();
    let command = SetCustomValues { lead, values, source, id: acting.fact(), now: acting.now };
    Ok(match command.by(acting.actor(), acting.now).run(ledger, changes)? {
        CustomValuesSet::Set => None,
        CustomValuesSet::UnknownContact => Some("lead_gone"),
        CustomValuesSet::UnknownField(_) => Some("field_gone"),
        CustomValuesSet::WrongType(_) => Some("wrong_type"),
    })
}
