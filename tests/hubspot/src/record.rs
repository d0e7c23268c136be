//! Records of one type of object.

use crate::definition::Definition;
use jiff::Timestamp;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) id: u64,
    pub(crate) properties: BTreeMap<String, String>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// The records of a type with their properties.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) records: BTreeMap<u64, Record>,
    /// Records that were deleted.
    pub(crate) archived: BTreeMap<u64, Record>,
    /// Records that are part of another one.
    pub(crate) merged: BTreeMap<u64, u64>,
    pub(crate) definitions: BTreeMap<String, Definition>,
    pub(crate) groups: BTreeMap<String, Json>,
    /// Records by the values of their unique properties, in lower case. What is outdated is found when it is looked up.
    pub(crate) index: BTreeMap<(String, String), u64>,
}

impl Record {
    /// A property that has a value.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The elements of a property that lists some.
    pub(crate) fn listed(&self, name: &str) -> impl Iterator<Item = &str> + use<'_> {
        self.get(name).unwrap_or_default().split(';').filter(|one| !one.is_empty())
    }

    /// Adds an element to a property that lists some.
    pub(crate) fn append(&mut self, name: &str, one: &str) {
        let listed = self.properties.entry(name.to_owned()).or_default();
        if !listed.is_empty() {
            listed.push(';');
        }
        listed.push_str(one);
    }

    /// Sets properties; an empty one is cleared.
    pub(crate) fn set(&mut self, properties: &BTreeMap<String, String>, now: i64) {
        for (name, value) in properties {
            if value.is_empty() {
                self.properties.remove(name);
            } else {
                self.properties.insert(name.clone(), value.clone());
            }
        }
        self.updated = now;
    }

    /// The same of a deleted record.
    pub(crate) fn archived(&self, wanted: &[String]) -> Json {
        let mut shown = self.shown(wanted);
        (shown["archived"], shown["archivedAt"]) = (json!(true), json!(iso(self.updated)));
        shown
    }

    /// The record as returned, with these properties; those without a value are null.
    pub(crate) fn shown(&self, wanted: &[String]) -> Json {
        let iso = |at: i64| iso(at);
        let mut properties: BTreeMap<&str, Option<&str>> =
            wanted.iter().map(|name| (name.as_str(), self.get(name))).collect();
        let (id, created, updated) = (self.id.to_string(), iso(self.created), iso(self.updated));
        properties.insert("hs_object_id", Some(&id));
        properties.insert("createdate", self.get("createdate").or(Some(&created)));
        properties.insert("lastmodifieddate", Some(&updated));
        json!({"id": id, "properties": properties, "createdAt": created, "updatedAt": updated, "archived": false})
    }
}

impl Table {
    /// The record with this id, or the one that it was merged into.
    pub(crate) fn followed(&self, id: u64) -> Option<&Record> {
        self.records.get(self.merged.get(&id).unwrap_or(&id))
    }

    /// The id of the record whose unique property has a value; a further address is one of a contact's, too.
    pub(crate) fn by_property(&self, name: &str, value: &str) -> Option<u64> {
        let value = value.to_lowercase();
        let record = self.records.get(self.index.get(&(name.to_owned(), value.clone()))?)?;
        let mut own = record.get(name).into_iter().chain(further(name, record));
        own.any(|one| one.to_lowercase() == value).then_some(record.id)
    }

    /// Deletes a record, which is listed among the archived ones.
    pub(crate) fn archive(&mut self, id: u64) {
        self.archived.extend(self.records.remove(&id).map(|record| (id, record)));
    }

    pub(crate) fn insert(&mut self, record: Record) {
        let id = record.id;
        self.records.insert(id, record);
        self.edit(id, |_| {});
    }

    /// Changes a record, if it is there.
    pub(crate) fn edit(&mut self, id: u64, change: impl FnOnce(&mut Record)) -> bool {
        let Some(record) = self.records.get_mut(&id) else { return false };
        change(record);
        for name in self.definitions.values().filter(|known| known.is_unique).map(|known| &known.name) {
            for value in record.get(name).into_iter().chain(further(name, record)) {
                self.index.insert((name.clone(), value.to_lowercase()), id);
            }
        }
        true
    }
}

/// The further addresses of a contact.
fn further<'r>(name: &str, record: &'r Record) -> impl Iterator<Item = &'r str> {
    (name == "email").then(|| record.listed("hs_additional_emails")).into_iter().flatten()
}

/// An instant as HubSpot writes it.
pub(crate) fn iso(at: i64) -> String {
    Timestamp::from_millisecond(at).map(|at| format!("{at:.3}")).unwrap_or_default()
}

/// An instant as HubSpot takes it: milliseconds, or ISO 8601.
pub(crate) fn instant(text: &str) -> Option<i64> {
    text.parse().ok().or_else(|| Some(text.parse::<Timestamp>().ok()?.as_millisecond()))
}
