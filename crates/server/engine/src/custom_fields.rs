//! Custom fields: conversion of received values into the type of the field.

use knock_model::{Answer, CustomFieldSource, CustomFieldType, LeadId, Millis, SignalId};
use knock_ports::{CustomValue, Ledger, StoreError, View};
use knock_routing::{Kind, Operator, Value};
use knock_wire::{CustomField, CustomFields};

/// The longest text of a value, in characters.
pub const LONGEST_VALUE: usize = Answer::MAX;

/// Converts a value into this type; none if that is impossible. A text longer than [`LONGEST_VALUE`] is no value.
pub fn coerced(kind: CustomFieldType, value: &Value) -> Option<Value> {
    match (kind, value) {
        (CustomFieldType::Text, Value::Text(_)) => {
            let text = value.as_text()?.trim();
            let cleaned = Answer::parse(text);
            (!cleaned.is_empty() && text.chars().count() <= LONGEST_VALUE).then(|| Value::text(&cleaned))
        }
        (CustomFieldType::Text, Value::Number(number)) => Some(Value::text(&number.to_string())),
        (CustomFieldType::Text, Value::Bool(bool)) => Some(Value::text(if *bool { "true" } else { "false" })),
        (CustomFieldType::Number, Value::Number(_)) | (CustomFieldType::Boolean, Value::Bool(_)) => Some(value.clone()),
        (CustomFieldType::Number, Value::Text(_)) => {
            let number: f64 = value.as_text()?.trim().parse().ok()?;
            number.is_finite().then_some(Value::Number(number))
        }
        (CustomFieldType::Boolean, Value::Text(_)) => match value.as_text()?.trim().to_lowercase().as_str() {
            "true" | "yes" => Some(Value::Bool(true)),
            "false" | "no" => Some(Value::Bool(false)),
            _ => None,
        },
        (CustomFieldType::Text | CustomFieldType::Number | CustomFieldType::Boolean, _) => None,
    }
}

/// Returns the operators for a field of this type. Texts may hold instants.
pub(crate) fn operators(kind: CustomFieldType) -> impl Iterator<Item = Operator> {
    let of_instants = [Operator::Before, Operator::After, Operator::WithinLast];
    let (kind, has_instants) = match kind {
        CustomFieldType::Text => (Kind::Text, true),
        CustomFieldType::Number => (Kind::Number, false),
        CustomFieldType::Boolean => (Kind::Bool, false),
    };
    let asks = move |operator: &Operator| operator.asks(kind) || (has_instants && of_instants.contains(operator));
    Operator::ALL.iter().copied().filter(asks)
}

/// The current custom fields of a lead, in the order of their definitions.
pub(crate) fn known(view: &dyn View, lead: LeadId) -> Result<Vec<(CustomField, CustomValue, Value)>, StoreError> {
    let CustomFields { fields } = view.custom_fields()?;
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let values = view.custom_values(lead)?;
    let value_of = |field: CustomField| {
        let stored = values.iter().find(|value| value.name == field.name)?;
        let value = coerced(field.value_type, stored.value.as_ref()?)?;
        Some((field, stored.clone(), value))
    };
    Ok(fields.into_iter().filter_map(value_of).collect())
}

/// Stores a lead's values from one source; `said` returns the value of a field by the name that the source uses.
pub(crate) fn keep(
    ledger: &mut dyn Ledger,
    (id, lead, at): (SignalId, LeadId, Millis),
    source: CustomFieldSource,
    said: impl Fn(&CustomField) -> Option<Value>,
) -> Result<(), StoreError> {
    for field in ledger.custom_fields()?.fields {
        if !field.sources.contains(&source) {
            continue;
        }
        if let Some(value) = said(&field).and_then(|value| coerced(field.value_type, &value)) {
            let name = field.name;
            ledger.append_custom_value(&CustomValue { id, name, lead, value: Some(value), source, at })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_taken_into_the_type_of_its_field() {
        let (text, number, boolean) = (CustomFieldType::Text, CustomFieldType::Number, CustomFieldType::Boolean);
        let of = Value::text;
        for (kind, said, expected) in [
            (text, of(" gold "), Some(of("gold"))),
            (text, of("  "), None),
            (text, of(&"x".repeat(LONGEST_VALUE + 1)), None),
            (text, Value::Number(7.0), Some(of("7"))),
            (text, Value::Bool(true), Some(of("true"))),
            (number, Value::Number(2.5), Some(Value::Number(2.5))),
            (number, of(" 200 "), Some(Value::Number(200.0))),
            (number, of("many"), None),
            (number, of("inf"), None),
            (number, Value::Bool(true), None),
            (boolean, Value::Bool(false), Some(Value::Bool(false))),
            (boolean, of("Yes"), Some(Value::Bool(true))),
            (boolean, of("no"), Some(Value::Bool(false))),
            (boolean, of("1"), None),
            (boolean, Value::Number(1.0), None),
            (text, Value::List(vec![of("a")]), None),
            (text, Value::Other, None),
        ] {
            assert_eq!(coerced(kind, &said), expected, "{kind:?} {said:?}");
        }
    }
}
