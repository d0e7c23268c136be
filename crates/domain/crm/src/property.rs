//! Properties of objects in a CRM, as far as a mapping needs them.

use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{spelled, vocabulary};

vocabulary! {
    /// The type of a property's values.
    PropertyType {
        /// Any text.
        Text = "text",
        /// A number.
        Number = "number",
        /// A calendar day.
        Date = "date",
        /// An instant.
        Instant = "date and time",
        /// Yes or no.
        Flag = "yes or no",
        /// One of its options.
        Choice = "choice",
        /// Any of its options.
        Choices = "multiple choice",
        /// A person who can own records: the value is their id in the CRM.
        Owner = "owner",
        /// A record, a file or another thing that no field of Knock has.
        Other = "another type",
    }
}

spelled!(PropertyType);

/// A property of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name in the interface of the CRM.
    pub name: String,
    pub label: String,
    pub value_type: PropertyType,
    /// Its options; empty where it has none, or the CRM does not list them.
    pub options: Vec<Choice>,
    /// Whether only the CRM itself writes it.
    pub is_read_only: bool,
    /// Whether it identifies a record, as the address does: no two records have one value of it.
    pub is_identifier: bool,
}

/// An option of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value as it is written.
    pub value: String,
    /// The label as people see it.
    pub label: String,
}

impl Property {
    /// The value to write for a text: an option has it as value or as label. None where the options are listed and it is
    /// none of them.
    pub fn choice<'p>(&'p self, text: &'p str) -> Option<&'p str> {
        if self.options.is_empty() {
            return Some(text);
        }
        let by_value = self.options.iter().find(|option| option.value == text);
        let found = by_value.or_else(|| self.options.iter().find(|option| option.label == text));
        found.map(|option| option.value.as_str())
    }

    /// Whether its values are one or several of a list of options.
    pub fn is_choice(&self) -> bool {
        matches!(self.value_type, PropertyType::Choice | PropertyType::Choices)
    }
}
