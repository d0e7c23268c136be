//! The type `page_view_long`, which only cases have.

use serde_json::{Map, Value};

/// Reads a view that was visible for 30 s as the signal that the product has of it, in events and in triggers.
pub(crate) fn read_long_views(mut case: Map<String, Value>) -> Map<String, Value> {
    let parts = case.iter_mut().filter(|(key, _)| matches!(key.as_str(), "workflows" | "events"));
    parts.for_each(|(_, part)| rename(part));
    case
}

fn rename(part: &mut Value) {
    match part {
        Value::Object(keys) => keys.iter_mut().for_each(|(key, value)| {
            if key == "signal" && value == "page_view_long" {
                *value = "engagement".into();
            } else {
                rename(value);
            }
        }),
        Value::Array(parts) => parts.iter_mut().for_each(rename),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
