//! The difference to write: between what the CRM surely has, and what it may have.
//!
//! A write is handed out, and acknowledged or not. Until it is, the CRM may have it or not, so each later write
//! says its fields again: the newest alone makes the record right, and an older one need never be sent again.

use crate::{Field, Mapping, Value, Values};
use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Millis;

/// The time in which further changes are collected into one write.
pub const COALESCE: Millis = Millis(1_000);

/// The earliest instant of the write for a change; `pending` is that of an earlier change.
pub fn due_at(changed_at: Millis, pending: Option<Millis>) -> Millis {
    pending.unwrap_or(changed_at + COALESCE)
}

/// One field of a write.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub field: Field,
    pub property: String,
    /// Its value; none clears it.
    pub value: Option<Value>,
}

/// A write of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// The version of this record's write: a larger one replaces a smaller one.
    pub version: u64,
    /// The changes, each property once, in the order of the fields.
    pub changes: Vec<Change>,
}

/// The known state of a lead's record in the CRM.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Record {
    /// The version of the newest write that was handed out.
    pub version: u64,
    /// The values that the CRM acknowledged.
    pub written: Values,
    /// The fields of writes that were not acknowledged.
    pub uncertain: BTreeSet<Field>,
}

impl Record {
    /// The write that makes the record right, if there is anything to write. It replaces every earlier one.
    pub fn plan(&mut self, values: &Values, mapping: &Mapping) -> Option<Write> {
        let changes: Vec<Change> = mapping
            .written()
            .filter(|(field, _)| self.uncertain.contains(field) || self.written.get(*field) != values.get(*field))
            .map(|(field, property)| Change { field, property: property.to_owned(), value: values.get(field).cloned() })
            .collect();
        if changes.is_empty() {
            return None;
        }
        self.version += 1;
        self.uncertain.extend(changes.iter().map(|change| change.field));
        Some(Write { version: self.version, changes })
    }

    /// Whether a write may be sent: no newer one was handed out.
    pub fn is_newest(&self, write: &Write) -> bool {
        write.version == self.version
    }

    /// Takes note that the CRM has a write. One that is not the newest says nothing of what is there by now.
    pub fn acknowledge(&mut self, write: &Write) {
        if !self.is_newest(write) {
            return;
        }
        for change in &write.changes {
            self.written.set(change.field, change.value.clone());
            self.uncertain.remove(&change.field);
        }
    }

    /// Forgets what the CRM has, so that the next write says everything: after a full resync was asked for, or another
    /// property was mapped.
    pub fn forget(&mut self) {
        let known = Field::ALL.iter().filter(|field| self.written.get(**field).is_some());
        self.uncertain.extend(known);
        self.written = Values::default();
    }
}
