//! Any text: what is read here, `serde_json` reads alike; and what it reads is read here, but for what no server of ours
//! writes: numbers that are not whole, deep nesting, words as objects, objects as lists of their values, and texts that
//! are none where it does not look.

use super::parse;
use knock_wire::{ChatStarted, Message, MessageList, MessageStored, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// The maximum nesting that is parsed.
const DEEPEST: usize = 32;

#[test]
fn widget_json() {
    knock_fuzz::target("widget-json", |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let whole = serde_json::from_str::<Value>(text);
        check_value(text, whole.as_ref().ok());
        let beyond = is_beyond(text) || whole.map_or(true, |value| has_variant(&value));
        check::<MessageList>(text, beyond);
        check::<Message>(text, beyond);
        check::<ChatStarted>(text, beyond);
        check::<MessageStored>(text, beyond);
        check::<Problem>(text, beyond);
        check::<Vec<Option<i64>>>(text, beyond);
        check::<String>(text, beyond);
    });
}

/// A value parsed without a shape equals the one of `serde_json`.
fn check_value(text: &str, theirs: Option<&Value>) {
    let ours = super::Value::parse(text).map(converted);
    assert!(ours.as_ref() == theirs || (is_beyond(text) && ours.is_none()), "{text}\n{ours:?}\n{theirs:?}");
}

fn converted(value: super::Value) -> Value {
    use super::Value as Ours;
    match value {
        Ours::Null => Value::Null,
        Ours::Bool(is_true) => is_true.into(),
        Ours::Number(number) => number.into(),
        Ours::Text(text) => text.into(),
        Ours::List(list) => list.into_iter().map(converted).collect(),
        Ours::Object(members) => members.into_iter().map(|(name, value)| (name, converted(value))).collect(),
    }
}

fn check<T: DeserializeOwned + Serialize + PartialEq + Debug>(text: &str, beyond: bool) {
    let (ours, theirs) = (parse::<T>(text), serde_json::from_str::<T>(text).ok());
    let is_by_position = || {
        let read = theirs.as_ref().map(|theirs| serde_json::to_value(theirs).expect("JSON"));
        serde_json::from_str(text).is_ok_and(|given| read.is_some_and(|read| has_list_for_object(&given, &read)))
    };
    let beyond = beyond || (ours.is_none() && is_by_position());
    assert!(ours == theirs || (beyond && ours.is_none()), "{text}\n{ours:?}\n{theirs:?}");
}

/// Whether a text is deeper than any shape of ours, or holds a number that is not whole or too large.
fn is_beyond(text: &str) -> bool {
    let (mut depth, mut deepest, mut is_text, mut is_escaped) = (0_usize, 0, false, false);
    let mut outside = String::new();
    for c in text.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            _ if is_text => {}
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
        outside.push(if is_text || c == '"' { '"' } else { c });
    }
    let mut words = outside.split(['[', ']', '{', '}', ',', ':', '"', ' ', '\n', '\r', '\t']);
    let is_other_number = |word: &str| {
        word.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
            && (word.parse::<i64>().is_err() || word == "-0")
    };
    deepest > DEEPEST || words.any(is_other_number)
}

/// Whether a list stands where an object is meant.
fn has_list_for_object(given: &Value, read: &Value) -> bool {
    match (given, read) {
        (Value::Array(_), Value::Object(_)) => true,
        (Value::Array(given), Value::Array(read)) => {
            given.iter().zip(read).any(|(given, read)| has_list_for_object(given, read))
        }
        (Value::Object(given), Value::Object(read)) => {
            given.iter().any(|(name, given)| read.get(name).is_some_and(|read| has_list_for_object(given, read)))
        }
        _ => false,
    }
}

/// Whether a word of a list is written as `{"word": null}`, which no writer does.
fn has_variant(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            (members.len() == 1 && members.values().all(Value::is_null)) || members.values().any(has_variant)
        }
        Value::Array(values) => values.iter().any(has_variant),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
