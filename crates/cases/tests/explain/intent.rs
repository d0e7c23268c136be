//! The cases of `tests/vectors/intent.json`, and what is refused.

use crate::test;
use knock_cases::{Subject, explain};
use serde_json::{Value, json};

const VECTORS: &str = include_str!("../../../../tests/vectors/intent.json");

#[test]
fn every_vector_is_answered_as_expected() {
    let vectors: Value = serde_json::from_str(VECTORS).expect("vectors are JSON");
    let answers = explain(Subject::Intent, VECTORS).expect("vectors are good cases");
    let cases = vectors["cases"].as_array().expect("a list");
    let answers = answers["cases"].as_array().expect("a list");
    assert_eq!(cases.len(), answers.len());
    for (case, answer) in cases.iter().zip(answers) {
        let expected = &case["expect"];
        let off = answer["score"].as_f64().expect("a score") - expected["score"].as_f64().expect("a score");
        assert!(off.abs() <= 0.1, "{}: {answer}", case["id"]);
        assert_eq!(answer["bucket"], expected["bucket"], "{}", case["id"]);
        assert_eq!(answer["id"], case["id"]);
        let sum: f64 =
            answer["contributions"].as_array().into_iter().flatten().filter_map(|one| one["points"].as_f64()).sum();
        assert!((sum - answer["score"].as_f64().unwrap_or_default()).abs() < 0.6, "{}: {sum}", case["id"]);
    }
}

#[test]
fn a_repeated_id_counts_once_and_the_future_has_no_age() {
    let one = json!({"id": "a", "at": "2026-06-09T12:00:00Z", "type": "page_view", "category": "Pricing"});
    let case = json!({"now": "2026-06-01T12:00:00Z", "signals": [one, one]});
    let answer = explain(Subject::Intent, &case.to_string()).expect("a good case");
    assert_eq!(answer["score"], json!(7.7));
    assert_eq!(answer["contributions"], json!([{"id": "a", "points": 7.74}]));
}

#[test]
fn a_wrong_case_is_refused_naming_case_and_field() {
    let good = json!({"id": "a", "at": "2026-06-01T12:00:00Z", "type": "page_view", "category": "Pricing"});
    let signal = |field: &str, to: Value| {
        let mut signal = good.clone();
        signal[field] = to;
        json!({"cases": [{"id": "X1", "now": "2026-06-01T12:00:00Z", "signals": [good, signal]}]})
    };
    let cases = [
        (signal("type", json!("page_wiew")), "case X1: signals[1].type: `page_wiew` is not a type of signal"),
        (
            signal("category", json!("Prices")),
            "case X1: signals[1].category: `Prices` is not one of Demo/Contact sales, ",
        ),
        (
            signal("at", json!("today")),
            "case X1: signals[1].at: `today` is not an instant such as `2026-06-01T12:00:00Z`",
        ),
        (json!({"now": "2026-06-01T12:00:00Z"}), "case 1: .: missing field `signals`"),
        (json!({"cases": 1}), "document: cases: expected a list of cases"),
        (json!({"cases": [], "casess": []}), "document: casess: unknown field beside `cases`"),
        (json!([1]), "case 1: case: expected an object"),
    ];
    for (case, expected) in cases {
        let error = explain(Subject::Intent, &case.to_string()).expect_err("refused");
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    let unknown = json!({"now": "2026-06-01T12:00:00Z", "signals": [], "then": 1}).to_string();
    let error = explain(Subject::Intent, &unknown).expect_err("refused").to_string();
    assert!(error.contains("unknown field `then`"), "{error}");
}
