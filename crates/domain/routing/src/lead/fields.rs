//! The fields of one lead.

use super::crm::owner_field;
use super::field::{CATALOGUE, Field, Kind};
use super::value::Value;
use alloc::collections::BTreeMap;
use alloc::string::String;
use knock_model::CrmSystem;

/// The fields of a lead. A value of another type than its field's is missing, as are an empty text and an empty list.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadFields {
    known: [Option<Value>; CATALOGUE.len()],
    own: BTreeMap<String, Value>,
}

impl Default for LeadFields {
    fn default() -> LeadFields {
        LeadFields { known: [const { None }; CATALOGUE.len()], own: BTreeMap::new() }
    }
}

impl LeadFields {
    /// Sets a field, unless the value counts as missing.
    pub fn set(&mut self, field: &Field, value: Value) {
        if value.is_empty() || !fits(&value, field.kind()) {
            return;
        }
        match field {
            Field::Known(place) => {
                if let Some(slot) = self.known.get_mut(*place) {
                    *slot = Some(value);
                }
            }
            Field::Own(name) => drop(self.own.insert(name.clone(), value)),
        }
    }

    /// The value of a field.
    pub fn get(&self, field: &Field) -> Option<&Value> {
        match field {
            Field::Known(place) => self.known.get(*place)?.as_ref(),
            Field::Own(name) => self.own.get(name),
        }
    }

    /// All fields that have a value, in the order of the catalogue.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let known = CATALOGUE.iter().zip(&self.known).filter_map(|((name, _), value)| Some((*name, value.as_ref()?)));
        known.chain(self.own.iter().map(|(name, value)| (name.as_str(), value)))
    }

    /// The text of a field of the catalogue.
    pub(crate) fn text(&self, name: &'static str) -> Option<&str> {
        self.get(&Field::known(name)).and_then(Value::as_text)
    }

    /// The owner that the first CRM names, in the order in which they are asked (RO-05).
    pub fn crm_owner(&self) -> Option<(CrmSystem, &str)> {
        CrmSystem::ALL.iter().find_map(|system| {
            let name = self.text(owner_field(*system))?.trim();
            (!name.is_empty()).then_some((*system, name))
        })
    }

    /// Whether a field of the catalogue is true.
    pub(crate) fn is(&self, name: &'static str) -> bool {
        matches!(self.get(&Field::known(name)), Some(Value::Bool(true)))
    }
}

fn fits(value: &Value, kind: Kind) -> bool {
    match (kind, value) {
        (_, Value::Other) => false,
        (Kind::Any, _)
        | (Kind::Text, Value::Text(_))
        | (Kind::Number, Value::Number(_))
        | (Kind::Bool, Value::Bool(_))
        | (Kind::List, Value::List(_)) => true,
        (Kind::Text | Kind::Number | Kind::Bool | Kind::List, _) => false,
    }
}
