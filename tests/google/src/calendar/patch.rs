//! Patches of events.

use serde_json::{Map, Value as Json};

/// A patch with what it leaves as it is within objects: fields of theirs are merged, null removes one
/// (<https://developers.google.com/workspace/calendar/api/guides/performance#patch>).
pub(super) fn patched(known: &Map<String, Json>, patch: &Json) -> Json {
    let Json::Object(given) = patch else { return patch.clone() };
    let is_merged = |name: &str, value: &Json| value.is_object() && name != "conferenceData";
    let whole = given.iter().map(|(name, value)| match known.get(name) {
        Some(known) if is_merged(name, value) => (name.clone(), within(known, value)),
        _ => (name.clone(), value.clone()),
    });
    Json::Object(whole.collect())
}

fn within(known: &Json, patch: &Json) -> Json {
    let (Json::Object(known), Json::Object(patch)) = (known, patch) else { return patch.clone() };
    let mut merged = known.clone();
    for (name, value) in patch {
        match value {
            Json::Null => drop(merged.remove(name)),
            value => {
                let value = within(known.get(name).unwrap_or(&Json::Null), value);
                merged.insert(name.clone(), value);
            }
        }
    }
    Json::Object(merged)
}
