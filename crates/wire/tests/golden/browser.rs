//! Browsers have a reader of their own: it reads every shape as `serde_json` does.

use serde_json::Value;

use super::golden::expect_none;
use super::{Shape, shapes};

impl Shape {
    /// Compares both readers on a variant of the golden file.
    fn check_in_browser(&self, variant: &Value) -> Result<(), String> {
        let Some(reread) = self.reread_in_browser else { return Ok(()) };
        let text = variant.to_string();
        let (expected, read) = ((self.reread)(&text).ok(), reread(&text));
        if read == expected {
            return Ok(());
        }
        Err(format!("{}: {text}\nserde_json: {expected:?}\nknock_json: {read:?}", self.golden.name))
    }

    fn value(&self) -> Value {
        serde_json::from_str(&self.golden.text().expect("a golden file")).expect("JSON")
    }
}

/// Calls `change` on each object of a value.
fn each_object(value: &mut Value, change: &mut impl FnMut(&mut serde_json::Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            change(members);
            members.values_mut().for_each(|value| each_object(value, change));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| each_object(value, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The value without one member of one object, for each that it has.
fn without_each(value: &Value) -> impl Iterator<Item = Value> {
    let mut count = 0;
    each_object(&mut value.clone(), &mut |members| count += members.len());
    (0..count).map(|removed| {
        let (mut value, mut at) = (value.clone(), 0);
        each_object(&mut value, &mut |members| {
            let names: Vec<String> = members.keys().cloned().collect();
            for name in names {
                if at == removed {
                    members.remove(&name);
                }
                at += 1;
            }
        });
        value
    })
}

#[test]
fn members_are_read_in_any_order() {
    // Sorted by name, as this value keeps them: the golden files have the order of the fields.
    let check = |shape: &Shape| shape.check_in_browser(&shape.value()).err();
    expect_none(shapes().iter().filter_map(check).collect());
}

#[test]
fn a_missing_member_is_the_default_or_refused() {
    let check = |shape: &Shape| {
        let value = shape.value();
        without_each(&value).find_map(|without| shape.check_in_browser(&without).err())
    };
    expect_none(shapes().iter().filter_map(check).collect());
}
