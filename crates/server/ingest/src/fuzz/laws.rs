//! Laws for every accepted signal (`docs/limits.md`).

use knock_model::text::{MASK, is_secret_name};
use knock_model::{Email, Millis, SignalType};
use knock_ports::{Detail, NewSignal};
use serde_json::Value;

/// The maximum nesting of properties, including the outermost object.
const DEPTH: usize = 9;

pub(super) fn check_signal(signal: &NewSignal, received_at: Millis) {
    assert!(signal.kind.is_from_browser());
    assert_eq!(signal.received_at, received_at);
    assert!(signal.at <= received_at && signal.at >= received_at - Millis::days(30), "{:?}", signal.at);
    assert!((0.0..=12.0).contains(&signal.strength), "{}", signal.strength);
    let detail = signal.detail.read();
    check_texts(&detail);
    check_props(&detail.props);
    let Detail { email, person, trust, visible_ms, .. } = &detail;
    let is_identify = signal.kind == SignalType::Identify;
    assert_eq!(trust.is_some(), is_identify);
    assert!(is_identify || (email.is_empty() && person.is_empty()));
    // The store reads the same address back.
    assert!(email.is_empty() || Email::parse(email).is_ok_and(|read| read.as_str() == email), "{email:?}");
    assert!(visible_ms.is_none() || signal.kind == SignalType::Engagement);
}

fn check_texts(detail: &Detail) {
    let Detail { url, title, referrer, text, href, name, form, person, fields, .. } = detail;
    let kept = [(title, 300), (text, 200), (name, 200), (form, 200), (url, 2_000), (referrer, 2_000), (href, 2_000)];
    let kept = kept.map(|(text, most)| (text.as_str(), most));
    let fields = fields.iter().map(|name| (name.as_str(), 100));
    for (text, most) in kept.into_iter().chain([(person.as_str(), 200)]).chain(fields) {
        assert!(text.chars().count() <= most, "{text:?}");
        assert!(!text.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{text:?}");
    }
    assert!(detail.fields.len() <= 50);
    let texts = [url, title, referrer, text, href, name, form].into_iter().chain(&detail.fields);
    assert!(texts.map(String::len).sum::<usize>() + detail.props.len() <= 8_192);
}

fn check_props(props: &str) {
    if props.is_empty() {
        return;
    }
    assert!(props.len() <= 4_096);
    let value: Value = serde_json::from_str(props).expect("properties are JSON");
    assert!(value.is_object());
    assert!(depth(&value) <= DEPTH);
    assert!(!value.to_string().contains("\\u0000"));
    check_secrets(&value);
}

fn check_secrets(value: &Value) {
    let values: Vec<&Value> = match value {
        Value::Array(values) => values.iter().collect(),
        Value::Object(members) => members.values().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    values.into_iter().for_each(check_secrets);
    for (name, said) in value.as_object().into_iter().flatten() {
        let is_masked = said.is_null() || said.is_boolean() || said.as_str().is_some_and(|said| MASK.starts_with(said));
        assert!(is_masked || !is_secret_name(name), "{name}: {said}");
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(depth).max().unwrap_or_default(),
        Value::Object(values) => 1 + values.values().map(depth).max().unwrap_or_default(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
