//! The cases of `tests/vectors/status.json`, and what is refused.

use crate::test;
use knock_cases::{Subject, explain};
use serde_json::{Value, json};

const VECTORS: &str = include_str!("../../../../tests/vectors/status.json");

#[test]
fn every_vector_is_answered_as_expected() {
    let vectors: Value = serde_json::from_str(VECTORS).expect("vectors are JSON");
    let answers = explain(Subject::Status, VECTORS).expect("vectors are good cases");
    let cases = vectors["cases"].as_array().expect("a list");
    assert_eq!(answers["cases"].as_array().map(Vec::len), Some(cases.len()));
    for (case, answer) in cases.iter().zip(answers["cases"].as_array().expect("a list")) {
        let id = &case["id"];
        assert_eq!(answer["timeline"], case["timeline"], "{id}");
        for (key, value) in case["final"].as_object().expect("an object") {
            assert_eq!(&answer["final"][key], value, "{id} {key}");
        }
        assert_eq!(answer["final"].get("flags"), case["final"].get("flags"), "{id}");
    }
}

#[test]
fn a_wrong_case_is_refused_naming_case_and_field() {
    let event = |field: &str, to: Value| {
        let mut event = json!({"id": "e1", "type": "assigned", "at": "2026-03-02T09:00:00Z", "src": "server",
            "data": {"assignee": "rep", "rep": "ann"}});
        event[field] = to;
        json!({"id": "X", "machine": "chat", "events": [event], "evaluate_at": "2026-03-02T09:00:00Z"}).to_string()
    };
    let cases = [
        (event("type", json!("bought")), "case X: events[0].type: `bought` is not an event of this machine"),
        (event("at", json!("x")), "case X: events[0].at: `x` is not an instant"),
        (event("src", json!("x")), "case X: events[0].src: unknown variant `x`"),
        (event("data", json!({"assignee": "rep"})), "case X: events[0].data.rep: expected the rep"),
        (event("data", json!({"assignee": "cat"})), "case X: events[0].data.assignee: unknown variant `cat`"),
        (event("data", json!({"assignee": "ai_agent", "x": 1})), "case X: events[0].data.x: unknown field `x`"),
        (event("extra", json!(1)), "case X: events[0].extra: unknown field `extra`"),
    ];
    for (case, expected) in cases {
        let error = explain(Subject::Status, &case).expect_err("refused").to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}
