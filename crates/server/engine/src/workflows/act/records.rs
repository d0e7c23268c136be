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
use knock_workflow::Failure;

pub(super) fn tag(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    tag: TagId,
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    let command = TagLead { lead: acting.lead.id, tag, is_set: true, member: None, now: acting.now };
    Ok(match command.by(acting.actor(), acting.now).run(ledger, changes)? {
        Tagged::Done => None,
        Tagged::UnknownLead => Some(Failure::LeadGone),
        Tagged::UnknownTag => Some(Failure::TagGone),
    })
}

pub(super) fn set_field(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    (field, value): (&str, &str),
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    let value = (!value.trim().is_empty()).then(|| Value::text(value));
    let (lead, source) = (acting.lead.id, CustomFieldSource::Workflow);
    let values = [(field.to_owned(), value)].into();
    let command = SetCustomValues { lead, values, source, id: acting.fact(), now: acting.now };
    Ok(match command.by(acting.actor(), acting.now).run(ledger, changes)? {
        CustomValuesSet::Set => None,
        CustomValuesSet::UnknownContact => Some(Failure::LeadGone),
        CustomValuesSet::UnknownField(_) => Some(Failure::FieldGone),
        CustomValuesSet::WrongType(_) => Some(Failure::WrongType),
    })
}
