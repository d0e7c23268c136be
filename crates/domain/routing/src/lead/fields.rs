//! The fields of one lead.

use super::crm::{former_owner_field, owner_field};
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

/// The owner that a CRM names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedOwner<'l> {
    /// One by this name in that CRM.
    Present(CrmSystem, &'l str),
    /// One who is no owner there any more.
    Former,
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

    /// Gives a field another value, or none where that counts as missing; returns the former one.
    pub fn replace(&mut self, field: &Field, value: Option<Value>) -> Option<Value> {
        let former = match field {
            Field::Known(place) => self.known.get_mut(*place).and_then(Option::take),
            Field::Own(name) => self.own.remove(name),
        };
        if let Some(value) = value {
            self.set(field, value);
        }
        former
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
        match self.named_owner()? {
            NamedOwner::Present(system, name) => Some((system, name)),
            NamedOwner::Former => None,
        }
    }

    /// The same, also where the first CRM that says anything names one who is no owner any more.
    pub(crate) fn named_owner(&self) -> Option<NamedOwner<'_>> {
        CrmSystem::ALL.iter().find_map(|system| {
            let named = |field: &'static str| self.text(field).map(str::trim).filter(|name| !name.is_empty());
            let present = named(owner_field(*system)).map(|name| NamedOwner::Present(*system, name));
            present.or_else(|| named(former_owner_field(*system)).map(|_| NamedOwner::Former))
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
