//! `{"on": "signal", ..}` and the other triggers.

use super::super::Trigger;
use super::span_maybe;
use crate::event::Author;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{Category, Millis, SignalType, spelled, vocabulary};
use knock_routing::{Field, Value};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

vocabulary! {
    /// The kind of a trigger.
    On {
        Signal = "signal",
        Field = "field",
        Message = "message",
        Form = "form",
        Link = "link",
    }
}

spelled!(On);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerShape {
    on: On,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signal: Option<SignalType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<Category>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "count")]
    count: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "span_maybe")]
    within_ms: Option<Millis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<Field>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Vec<Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Author>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

/// Reads the number of signals of a trigger.
fn count<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    match Option::<u32>::deserialize(from)? {
        Some(0) => Err(D::Error::custom("expected at least 1")),
        count => Ok(count),
    }
}

impl TriggerShape {
    const fn of(on: On) -> TriggerShape {
        TriggerShape {
            on,
            signal: None,
            category: None,
            count: None,
            within_ms: None,
            field: None,
            to: None,
            by: None,
            form: None,
            link: None,
        }
    }

    /// The first key that is given but not of this kind of trigger.
    fn foreign(&self) -> Option<&'static str> {
        let given = [
            ("signal", self.signal.is_some(), On::Signal),
            ("category", self.category.is_some(), On::Signal),
            ("count", self.count.is_some(), On::Signal),
            ("within_ms", self.within_ms.is_some(), On::Signal),
            ("field", self.field.is_some(), On::Field),
            ("to", self.to.is_some(), On::Field),
            ("by", self.by.is_some(), On::Message),
            ("form", self.form.is_some(), On::Form),
            ("link", self.link.is_some(), On::Link),
        ];
        given.into_iter().find(|(_, is_given, on)| *is_given && *on != self.on).map(|(key, ..)| key)
    }

    fn trigger<E: Error>(self) -> Result<Trigger, E> {
        if let Some(key) = self.foreign() {
            return Err(E::custom(alloc::format!("`{key}`: no part of a trigger on `{}`", self.on.as_str())));
        }
        let TriggerShape { on, signal, category, count, within_ms: within, field, to, by, form, link } = self;
        Ok(match on {
            On::Signal => Trigger::Signal { signal, category, count, within },
            On::Field => Trigger::Field {
                field: field.ok_or_else(|| E::missing_field("field"))?,
                to: to.ok_or_else(|| E::missing_field("to"))?,
            },
            On::Message => Trigger::Message { by },
            On::Form => Trigger::Form { form },
            On::Link => Trigger::Link { link },
        })
    }
}

impl Serialize for Trigger {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let shape = match self.clone() {
            Trigger::Signal { signal, category, count, within } => {
                TriggerShape { signal, category, count, within_ms: within, ..TriggerShape::of(On::Signal) }
            }
            Trigger::Field { field, to } => {
                TriggerShape { field: Some(field), to: Some(to), ..TriggerShape::of(On::Field) }
            }
            Trigger::Message { by } => TriggerShape { by, ..TriggerShape::of(On::Message) },
            Trigger::Form { form } => TriggerShape { form, ..TriggerShape::of(On::Form) },
            Trigger::Link { link } => TriggerShape { link, ..TriggerShape::of(On::Link) },
        };
        shape.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Trigger {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Trigger, D::Error> {
        TriggerShape::deserialize(from)?.trigger()
    }
}
