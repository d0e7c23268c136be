//! Custom fields: further values of leads, each with its instant and its source.

use crate::StoreError;
use knock_model::{CustomFieldSource, LeadId, Millis, SignalId};
use knock_routing::Value;

/// A stored value of a custom field.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomValue {
    /// The source of the value: a signal, a decision about a meeting, or an id of its own.
    pub id: SignalId,
    /// The name of the field.
    pub name: String,
    pub lead: LeadId,
    /// The value; none if it was removed.
    pub value: Option<Value>,
    pub source: CustomFieldSource,
    pub at: Millis,
}

/// Writing values.
pub trait CustomValueLedger {
    /// Stores a value, and drops older ones of the same field and source. A value that arrives late changes nothing.
    fn append_custom_value(&mut self, value: &CustomValue) -> Result<(), StoreError>;
}

/// Reading values.
pub trait CustomValueView {
    /// Returns the newest value of each field of a lead, by name; also removed ones.
    fn custom_values(&self, lead: LeadId) -> Result<Vec<CustomValue>, StoreError>;
}
