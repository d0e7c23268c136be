//! Conditions in JSON: `{all: [..]}`, `{any: [..]}`, `{not: ..}` or `{field, op, value}`.

use super::{Condition, Leaf, Operator};
use crate::lead::{Field, Value};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const KEYS: &[&str] = &["all", "any", "not", "field", "op", "value"];

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        match self {
            Condition::All(parts) => map.serialize_entry("all", parts)?,
            Condition::Any(parts) => map.serialize_entry("any", parts)?,
            Condition::Not(part) => map.serialize_entry("not", part)?,
            Condition::Leaf(leaf) => {
                map.serialize_entry("field", leaf.field())?;
                map.serialize_entry("op", &leaf.operator())?;
                if let Some(value) = leaf.value() {
                    map.serialize_entry("value", value)?;
                }
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Condition, D::Error> {
        from.deserialize_map(Shape)
    }
}

/// The keys read so far.
#[derive(Default)]
struct Parts {
    whole: Option<Condition>,
    field: Option<Field>,
    operator: Option<Operator>,
    value: Option<Value>,
}

struct Shape;

impl<'de> Visitor<'de> for Shape {
    type Value = Condition;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a condition: {\"all\": [..]}, {\"any\": [..]}, {\"not\": ..} or {\"field\", \"op\", \"value\"}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Condition, A::Error> {
        let mut parts = Parts::default();
        let mut keys: Vec<String> = Vec::new();
        while let Some(key) = from.next_key::<String>()? {
            match key.as_str() {
                "all" => parts.whole = Some(Condition::All(from.next_value()?)),
                "any" => parts.whole = Some(Condition::Any(from.next_value()?)),
                "not" => parts.whole = Some(Condition::Not(Box::new(from.next_value()?))),
                "field" => parts.field = Some(from.next_value()?),
                "op" => parts.operator = Some(from.next_value()?),
                "value" => parts.value = from.next_value::<Option<Value>>()?,
                _ => return Err(Error::unknown_field(&key, KEYS)),
            }
            if keys.contains(&key) {
                return Err(Error::custom(alloc::format!("`{key}` stands twice")));
            }
            keys.push(key);
        }
        parts.condition(keys.len())
    }
}

impl Parts {
    fn condition<E: Error>(self, keys: usize) -> Result<Condition, E> {
        match self {
            Parts { whole: Some(whole), .. } if keys == 1 => Ok(whole),
            Parts { whole: None, field: Some(field), operator: Some(operator), value } => {
                Leaf::new(field, operator, value).map(Condition::Leaf).map_err(E::custom)
            }
            Parts { whole: None, field: None, .. } => Err(E::missing_field("field")),
            Parts { whole: None, operator: None, .. } => Err(E::missing_field("op")),
            Parts { .. } => Err(E::custom("`all`, `any` and `not` stand alone")),
        }
    }
}
