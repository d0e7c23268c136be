//! The cases of `tests/vectors/routing.json`, and what is refused.

use crate::test;
use knock_cases::{Subject, explain};
use serde_json::{Value, json};

const VECTORS: &str = include_str!("../../../../tests/vectors/routing.json");

#[test]
fn every_vector_is_answered_as_expected() {
    let vectors: Value = serde_json::from_str(VECTORS).expect("vectors are JSON");
    let answers = explain(Subject::Routing, VECTORS).expect("vectors are good cases");
    let cases = vectors["cases"].as_array().expect("a list");
    let answers = answers["cases"].as_array().expect("a list");
    assert_eq!(answers.len(), cases.len());
    for (case, answer) in cases.iter().zip(answers) {
        for key in ["rule", "segment", "outcome", "assignee", "reason", "notes", "notify", "crm", "state_after"] {
            let expected = case["expect"].get(key).unwrap_or(&Value::Null);
            assert_eq!(&answer[key], expected, "{} {key}", case["id"]);
        }
    }
}

/// One case with a rule of one segment, whose condition and lead are given.
fn asked(when: &Value, lead: &Value) -> String {
    let segment = json!({"id": "s", "name": "S", "when": when, "assign": {"rep": "bob"}});
    let rule = json!({"funnel": "chat", "name": "R", "is_default": true, "segments": [segment],
        "fallback": {"assign": {"rep": "ann"}}});
    json!({"id": "X", "reps": {"ann": {}, "bob": {}}, "rules": {"r": rule}, "funnel": "chat", "link": null,
        "lead": lead, "now": "2026-03-02T09:00:00Z"})
    .to_string()
}

#[test]
fn a_wrong_case_is_refused_naming_case_and_field() {
    let leaf = |field: &str, op: &str, value: Value| json!({"field": field, "op": op, "value": value});
    let deep = (0..5).fold(leaf("email", "eq", json!("x")), |inner, _| json!({"not": inner}));
    let many: Vec<Value> = (0..101).map(|_| leaf("email", "eq", json!("x"))).collect();
    let long: Vec<String> = (0..201).map(|n| n.to_string()).collect();
    let cases = [
        (leaf("company.size", "eq", json!(1)), "rules.r.segments[0].when.field: `company.size` is not a field"),
        (leaf("company.employees", "like", json!(1)), "rules.r.segments[0].when.op: `like` is not one of eq, neq, in,"),
        (
            leaf("company.employees", "contains", json!("1")),
            "rules.r.segments[0].when: `contains` does not ask the number field",
        ),
        (
            leaf("company.employees", "gte", json!("200")),
            "rules.r.segments[0].when: `company.employees gte` expects a number",
        ),
        (
            leaf("company.country", "in", json!("DE")),
            "rules.r.segments[0].when: `company.country in` expects a list of texts",
        ),
        (
            leaf("company.country", "in", json!(long)),
            "rules.r.segments[0].when: `company.country in` expects a list of at most 200",
        ),
        (
            leaf("company.employees", "between", json!([1])),
            "rules.r.segments[0].when: `company.employees between` expects two numbers",
        ),
        (
            leaf("custom.since", "within_last", json!("soon")),
            "rules.r.segments[0].when: `custom.since within_last` expects a length of time",
        ),
        (json!({"field": "email"}), "rules.r.segments[0].when: missing field `op`"),
        (json!({"all": [], "any": []}), "rules.r.segments[0].when: `all`, `any` and `not` stand alone"),
        (json!({"xor": []}), "rules.r.segments[0].when: unknown field `xor`"),
        (
            json!({"all": [{"any": [leaf("x", "eq", json!(1))]}]}),
            "rules.r.segments[0].when.all[0].any[0].field: `x` is not a field",
        ),
        (deep, "rules.r: segments[0].when: nested deeper than 5 levels"),
        (json!({"all": many}), "rules.r: segments[0].when: asks for more than 100 fields"),
    ];
    for (when, expected) in cases {
        let error = explain(Subject::Routing, &asked(&when, &json!({}))).expect_err("refused").to_string();
        let error = error.strip_prefix("case X: ").expect("names the case");
        assert!(error.starts_with(expected), "{error}");
    }
    let unknown = explain(Subject::Routing, &asked(&json!({"all": []}), &json!({"company.size": 1})));
    assert!(unknown.expect_err("refused").to_string().starts_with("case X: lead"));
}

#[test]
fn conditions_hold_as_their_table_says() {
    let leaf = |field: &str, op: &str, value: Value| json!({"field": field, "op": op, "value": value});
    let bare = |field: &str, op: &str| json!({"field": field, "op": op});
    let lead = json!({"company.country": " de ", "company.industry": "Straße", "company.employees": 200,
        "company.revenue": "900", "session.is_returning": false, "signals.categories": ["Docs", "pricing"],
        "custom.trial": "2026-02-24T09:00:00Z", "custom.next": "2026-03-02T09:00:00.001Z", "custom.since": "2026-02-01",
        "custom.seats": 5, "custom.note": null});
    let cases = [
        (leaf("company.country", "eq", json!("DE")), true),
        (leaf("company.industry", "eq", json!("STRASSE")), true),
        (leaf("company.industry", "contains", json!("ss")), true),
        (leaf("company.industry", "starts_with", json!("STR")), true),
        (leaf("company.industry", "ends_with", json!("str")), false),
        (leaf("company.country", "in", json!([])), false),
        (leaf("company.country", "not_in", json!([])), true),
        (leaf("company.name", "neq", json!("x")), true),
        (leaf("company.name", "not_contains", json!("x")), true),
        (leaf("company.name", "not_in", json!(["x"])), true),
        (leaf("company.employees", "gt", json!(200)), false),
        (leaf("company.employees", "gte", json!(200.0)), true),
        (leaf("company.employees", "lt", json!(200)), false),
        (leaf("company.employees", "lte", json!(200)), true),
        (leaf("company.employees", "between", json!([200, 300])), true),
        (leaf("company.employees", "between", json!([100, 200])), true),
        (leaf("company.employees", "between", json!([201, 300])), false),
        (leaf("company.revenue", "gte", json!(1)), false),
        (leaf("company.revenue", "neq", json!(900)), true),
        (bare("company.revenue", "is_set"), false),
        (bare("company.revenue", "is_not_set"), true),
        (leaf("session.is_returning", "eq", json!(false)), true),
        (leaf("session.is_returning", "neq", json!(false)), false),
        (leaf("signals.categories", "has_any", json!(["Pricing", "x"])), true),
        (leaf("signals.categories", "has_all", json!(["Pricing", "x"])), false),
        (leaf("signals.categories", "has_all", json!([])), true),
        (leaf("company.technologies", "has_all", json!([])), false),
        (leaf("custom.trial", "within_last", json!("6d")), true),
        (leaf("custom.trial", "within_last", json!(518_399_999)), false),
        (leaf("custom.trial", "within_last", json!("P6D")), true),
        (leaf("custom.next", "within_last", json!("7d")), false),
        (leaf("custom.since", "before", json!("2026-02-01T00:00:00.001Z")), true),
        (leaf("custom.since", "after", json!("2026-02-01")), false),
        (leaf("custom.seats", "after", json!("2026-02-01")), false),
        (leaf("custom.seats", "eq", json!("5")), false),
        (leaf("custom.seats", "eq", json!(5)), true),
        (bare("custom.note", "is_set"), false),
        (json!({"all": []}), true),
        (json!({"any": []}), false),
        (json!({"not": {"any": []}}), true),
    ];
    for (when, expected) in cases {
        let answer = explain(Subject::Routing, &asked(&when, &lead)).expect("a good case");
        assert_eq!(answer["segment"] == "s", expected, "{when}: {}", answer["why"]);
    }
}
