//! The mapping of fields to properties of contacts and of companies.

use knock_wire::{CrmFieldShown, CrmMapping, CrmProperties, CrmPropertyShown, CrmSettings};
use leptos::prelude::*;
use std::collections::BTreeMap;

use super::form::CrmForm;

/// An object of a CRM whose properties fields are mapped to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CrmObject {
    Contact,
    Company,
}

impl CrmObject {
    pub(crate) const ALL: [CrmObject; 2] = [CrmObject::Contact, CrmObject::Company];

    /// Its word in pointers.
    const fn as_str(self) -> &'static str {
        match self {
            CrmObject::Contact => "contact",
            CrmObject::Company => "company",
        }
    }

    /// The fields that can be mapped to its properties.
    pub(crate) fn fields(self, stored: &CrmSettings) -> &[CrmFieldShown] {
        match self {
            CrmObject::Contact => &stored.fields,
            CrmObject::Company => &stored.company_fields,
        }
    }

    /// Its properties; none before they are loaded.
    pub(crate) fn properties(self, known: Option<&CrmProperties>) -> &[CrmPropertyShown] {
        match (self, known) {
            (CrmObject::Contact, Some(known)) => &known.contact,
            (CrmObject::Company, Some(known)) => &known.company,
            (_, None) => &[],
        }
    }

    fn mapped(self, mapping: &CrmMapping) -> &BTreeMap<String, String> {
        match self {
            CrmObject::Contact => &mapping.contact,
            CrmObject::Company => &mapping.company,
        }
    }

    fn mapped_mut(self, mapping: &mut CrmMapping) -> &mut BTreeMap<String, String> {
        match self {
            CrmObject::Contact => &mut mapping.contact,
            CrmObject::Company => &mut mapping.company,
        }
    }

    /// Maps its fields that are not mapped as another mapping does.
    pub(super) fn add(self, mapping: &mut CrmMapping, other: &CrmMapping) {
        let mapped = self.mapped_mut(mapping);
        for (label, property) in self.mapped(other) {
            mapped.entry(label.clone()).or_insert_with(|| property.clone());
        }
    }
}

impl CrmForm {
    /// The name of the property of a field; empty where it is not mapped.
    pub(crate) fn property(self, object: CrmObject, label: &str) -> String {
        self.mapping.with(|mapping| object.mapped(mapping).get(label).cloned()).unwrap_or_default()
    }

    /// Maps a field to a property; an empty name removes the mapping.
    pub(crate) fn map(self, object: CrmObject, label: &str, property: String) {
        self.mapping.update(|mapping| {
            let mapped = object.mapped_mut(mapping);
            if property.is_empty() {
                mapped.remove(label);
            } else {
                mapped.insert(label.to_owned(), property);
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
            let fields = self.of(|stored| object.fields(stored).to_vec());
            fields.iter().any(|field| !self.field_errors(object, &field.label).is_empty())
        };
        CrmObject::ALL.into_iter().any(is_wrong)
    }
}

/// A name as a part of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
