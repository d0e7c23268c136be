//! Fields that triggers and waits for a condition name: their values before what happened, and the events of those that changed.
//!
//! What is stored of a lead holds since the last event. A field that a workflow began to name since then, or a lead without
//! a row, has the value that the command says was before, else the one it has now: a status that was there when a workflow
//! was switched on is no change.

use super::event::Unnumbered;
use super::group::Group;
use crate::workflow_index::Index;
use knock_model::Millis;
use knock_routing::{Field, LeadFields, Value};
use knock_workflow::{EventKind, Origin};

/// The fields that triggers name.
pub(super) struct Watched {
    /// Each with its value before.
    former: Vec<(Field, Option<Value>)>,
    /// Whether what is stored says less than is known now.
    pub(super) is_outdated: bool,
}

impl Watched {
    /// The values before what happened to a lead, of whom `stored` was known at `seen_at`.
    pub(super) fn before(
        index: &Index,
        group: &Group,
        (stored, seen_at): (&LeadFields, Millis),
        now: &LeadFields,
    ) -> Watched {
        let mut watched = Watched { former: Vec::new(), is_outdated: false };
        for (name, since) in index.watched() {
            let Ok(field) = Field::parse(name) else { continue };
            let is_known = seen_at > *since && !group.is_merged;
            watched.is_outdated |= !is_known;
            let value = match group.before.get(name) {
                _ if is_known => stored.get(&field).cloned(),
                Some(before) => before.clone(),
                None if group.is_new => None,
                None => now.get(&field).cloned(),
            };
            // As it is stored: what counts as missing is missing.
            let mut one = LeadFields::default();
            one.replace(&field, value);
            let value = one.replace(&field, None);
            watched.former.push((field, value));
        }
        watched
    }

    /// All fields as they were before.
    pub(super) fn all_before(&self, group: &Group, now: &LeadFields) -> LeadFields {
        let mut fields = now.clone();
        for (name, value) in &group.before {
            if let Ok(field) = Field::parse(name) {
                fields.replace(&field, value.clone());
            }
        }
        for (field, value) in &self.former {
            fields.replace(field, value.clone());
        }
        fields
    }

    /// The values now, to be stored.
    pub(super) fn values(&self, now: &LeadFields) -> LeadFields {
        let mut fields = LeadFields::default();
        for (field, _) in &self.former {
            fields.replace(field, now.get(field).cloned());
        }
        fields
    }

    /// The events of the fields that changed, by name, each with all fields just before it: the others are as of now.
    pub(super) fn changes(&self, group: &Group, now: &LeadFields) -> Vec<(LeadFields, Unnumbered)> {
        let origin = group.compares.unwrap_or(Origin::Outside);
        let changed = self.former.iter().filter(|(field, former)| now.get(field) != former.as_ref());
        let event = |(field, former): &(Field, Option<Value>)| {
            let mut fields = now.clone();
            fields.replace(field, former.clone());
            let kind = EventKind::Field { field: field.clone(), value: now.get(field).cloned() };
            (fields, Unnumbered::now(format!("field:{}", field.name()), (group.now, origin), kind))
        };
        changed.map(event).collect()
    }
}
