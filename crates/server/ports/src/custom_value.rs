//! Custom fields: what the team knows of leads besides, when and from where.

use crate::StoreError;
use knock_model::{CustomFieldSource, LeadId, Millis, SignalId};
use knock_routing::Value;

/// A value of a custom field, as it was said.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomValue {
    /// The source of the value: a signal, a decision about a meeting, or an id of its own.
    pub id: SignalId,
    /// The name of the field.
    pub name: String,
    /// The lead.
    pub lead: LeadId,
    /// The value; none where it was taken away.
    pub value: Option<Value>,
    /// From where.
    pub source: CustomFieldSource,
    /// The instant.
    pub at: Millis,
}

/// Writing values.
pub trait CustomValueLedger {
    /// Stores a value, and drops those of the same field and source that are older. What arrives late changes nothing.
    fn append_custom_value(&mut self, value: &CustomValue) -> Result<(), StoreError>;
}

/// Reading values.
pub trait CustomValueView {
    /// The newest value of each field of a lead, by name; also those that were taken away.
    fn custom_values(&self, lead: LeadId) -> Result<Vec<CustomValue>, StoreError>;
}
