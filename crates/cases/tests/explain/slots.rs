//! The cases of `tests/vectors/slots.json`, and what is refused.

use crate::test;
use knock_cases::{Subject, explain};
use serde_json::{Value, json};

const VECTORS: &str = include_str!("../../../../tests/vectors/slots.json");

#[test]
fn every_vector_is_answered_as_expected() {
    let vectors: Value = serde_json::from_str(VECTORS).expect("vectors are JSON");
    let answers = explain(Subject::Slots, VECTORS).expect("vectors are good cases");
    let cases = vectors["cases"].as_array().expect("a list");
    assert_eq!(answers["cases"].as_array().map(Vec::len), Some(cases.len()));
    for (case, answer) in cases.iter().zip(answers["cases"].as_array().expect("a list")) {
        assert_eq!(answer["slots"], case["expect"]["slots"], "{} {}", case["id"], case["title"]);
    }
}

#[test]
fn a_wrong_case_is_refused_naming_case_and_field() {
    let good = json!({"id": "X", "now": "2026-01-01T00:00:00Z", "visitor_tz": "UTC", "mode": "single", "duration_min": 30,
        "from": "2026-01-05T00:00:00Z", "to": "2026-01-06T00:00:00Z",
        "reps": [{"id": "ann", "tz": "UTC", "weekly": {"mon": [["09:00", "24:00"]]}}]});
    let with = |pointer: &str, to: Value| {
        let mut case = good.clone();
        *case.pointer_mut(pointer).expect("there") = to;
        case.to_string()
    };
    assert!(explain(Subject::Slots, &good.to_string()).is_ok());
    let cases = [
        (with("/visitor_tz", json!("Mars/Base")), "case X: visitor_tz: `Mars/Base` is not a time zone"),
        (with("/duration_min", json!(0)), "case X: duration_min: expected more than 0"),
        (with("/mode", json!("some")), "case X: mode: unknown variant `some`"),
        (with("/reps", json!([])), "case X: reps: `single` expects exactly one rep"),
        (
            with("/reps/0/weekly/mon/0", json!(["17:00", "09:00"])),
            "case X: reps[0].weekly.mon[0]: hours end at or before",
        ),
        (
            with("/reps/0/weekly/mon/0", json!(["9:00", "10:00"])),
            "case X: reps[0].weekly.mon[0]: `9:00` is not a time of day",
        ),
        (with("/reps/0/weekly", json!({"monday": []})), "case X: reps[0].weekly.monday: unknown field"),
        (with("/reps/0/tz", json!("x")), "case X: reps[0].tz: `x` is not a time zone"),
    ];
    for (case, expected) in cases {
        let error = explain(Subject::Slots, &case).expect_err("refused").to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}
