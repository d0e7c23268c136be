//! The mapping of fields to properties of contacts and of companies.

use knock_crm::Object as CrmObject;
use knock_wire::{CrmFieldShown, CrmMapping, CrmProperties, CrmPropertyShown, CrmSettings};
use leptos::prelude::*;
use std::collections::BTreeMap;

use super::form::CrmForm;

/// The fields that can be mapped to properties of an object.
pub(crate) fn fields(object: CrmObject, stored: &CrmSettings) -> &[CrmFieldShown] {
    match object {
        CrmObject::Contact => &stored.fields,
        CrmObject::Company => &stored.company_fields,
    }
}

/// The properties of an object; none before they are loaded.
pub(crate) fn properties(object: CrmObject, known: Option<&CrmProperties>) -> &[CrmPropertyShown] {
    match (object, known) {
        (CrmObject::Contact, Some(known)) => &known.contact,
        (CrmObject::Company, Some(known)) => &known.company,
        (_, None) => &[],
    }
}

fn mapped(object: CrmObject, mapping: &CrmMapping) -> &BTreeMap<String, String> {
    match object {
        CrmObject::Contact => &mapping.contact,
        CrmObject::Company => &mapping.company,
    }
}

fn mapped_mut(object: CrmObject, mapping: &mut CrmMapping) -> &mut BTreeMap<String, String> {
    match object {
        CrmObject::Contact => &mut mapping.contact,
        CrmObject::Company => &mut mapping.company,
    }
}

/// Maps the fields of an object that are not mapped as another mapping does.
pub(super) fn add(object: CrmObject, mapping: &mut CrmMapping, other: &CrmMapping) {
    let known = mapped_mut(object, mapping);
    for (label, property) in mapped(object, other) {
        known.entry(label.clone()).or_insert_with(|| property.clone());
    }
}

impl CrmForm {
    /// The name of the property of a field; empty where it is not mapped.
    pub(crate) fn property(self, object: CrmObject, label: &str) -> String {
        self.mapping.with(|mapping| mapped(object, mapping).get(label).cloned()).unwrap_or_default()
    }

    /// Maps a field to a property; an empty name removes the mapping.
    pub(crate) fn map(self, object: CrmObject, label: &str, property: String) {
        self.mapping.update(|mapping| {
            let known = mapped_mut(object, mapping);
            if property.is_empty() {
                known.remove(label);
            } else {
                known.insert(label.to_owned(), property);
            }
        });
    }

    /// The errors of a field's mapping.
    pub(crate) fn field_errors(self, object: CrmObject, label: &str) -> Vec<String> {
        self.errors(&format!("/mapping/{}/{}", object.as_str(), escaped(label)))
    }

    /// Whether an error stands at a field of the mapping.
    pub(super) fn is_of_mapping(self) -> bool {
        let is_wrong = |object: CrmObject| {
            let all = self.of(|stored| fields(object, stored).to_vec());
            all.iter().any(|field| !self.field_errors(object, &field.label).is_empty())
        };
        CrmObject::ALL.iter().copied().any(is_wrong)
    }
}

/// A name as a part of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
