//! The cases of `tests/vectors/workflow.json`, and what is refused.

use crate::test;
use knock_cases::{Subject, explain};
use serde_json::{Value, json};

const VECTORS: &str = include_str!("../../../../tests/vectors/workflow.json");

#[test]
fn every_vector_is_answered_as_expected() {
    let vectors: Value = serde_json::from_str(VECTORS).expect("vectors are JSON");
    let answers = explain(Subject::Workflow, VECTORS).expect("vectors are good cases");
    let cases = vectors["cases"].as_array().expect("a list");
    assert_eq!(answers["cases"].as_array().map(Vec::len), Some(cases.len()));
    for (case, answer) in cases.iter().zip(answers["cases"].as_array().expect("a list")) {
        let mut expected = case["expect"].clone();
        expected["id"] = case["id"].clone();
        assert_eq!(answer, &expected, "{} {}", case["id"], case["title"]);
    }
}

fn good() -> Value {
    json!({
        "id": "X",
        "workflows": [{"id": "w", "trigger": {"on": "field", "field": "intent.score", "to": ["High"]},
            "steps": [{"id": "a", "wait": {"for_ms": 60_000}}, {"id": "m", "do": "mail"}]}],
        "events": [
            {"id": "e1", "type": "field", "at": "2026-03-02T09:00:00Z", "field": "intent.score", "value": "High"},
            {"id": "e2", "type": "signal", "at": "2026-03-02T09:00:30Z", "signal": "page_view", "category": "Docs"},
        ],
        "evaluate_at": "2026-03-02T10:00:00Z",
    })
}

fn with(pointer: &str, to: Value) -> Value {
    let mut case = good();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match case.pointer_mut(parent).expect("there") {
        Value::Array(list) => list[key.parse::<usize>().expect("a place")] = to,
        object => object[key] = to,
    }
    case
}

#[test]
fn every_type_of_event_is_read() {
    let event = |kind: &str, more: Value| {
        let mut event = json!({"id": "e", "type": kind, "at": "2026-03-02T09:00:00Z", "recv": null});
        event.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        event
    };
    let events = json!([
        event("field", json!({"field": "tags", "value": null})),
        event("field", json!({"field": "tags", "value": ["a"], "recv": "2026-03-02T09:10:00Z"})),
        event("message", json!({"by": "agent"})),
        event("form", json!({})),
        event("form", json!({"form": "demo"})),
        event("link", json!({"link": "abc"})),
        event("consent", json!({"value": "granted"})),
        event("sent", json!({})),
    ]);
    let mut case = with("/events", events);
    case["lead"] = json!({"consent": "granted", "tags": ["vip"], "chat.status": "New"});
    case["outages"] = json!([["2026-03-02T09:20:00Z", "2026-03-02T09:30:00Z"]]);
    let answer = explain(Subject::Workflow, &case.to_string()).expect("a good case");
    assert_eq!(answer, json!({"id": "X", "runs": [], "refused": [], "next_change_at": null}));
}

#[test]
fn a_long_view_is_a_type_of_signal_of_its_own() {
    let runs = |trigger: Value, signal: &str| {
        let mut case = with("/workflows/0/trigger", trigger);
        case["events"][1]["signal"] = json!(signal);
        let answer = explain(Subject::Workflow, &case.to_string()).expect("a good case");
        answer["runs"].as_array().map(Vec::len)
    };
    let of_type = |signal: &str| json!({"on": "signal", "signal": signal});
    assert_eq!(runs(of_type("page_view_long"), "page_view_long"), Some(1));
    assert_eq!(runs(of_type("page_view"), "page_view_long"), Some(0));
    assert_eq!(runs(of_type("page_view_long"), "page_view"), Some(0));
    assert_eq!(runs(json!({"on": "signal", "category": "Docs"}), "page_view_long"), Some(1));
}

#[test]
fn a_wrong_case_is_refused_naming_case_and_field() {
    assert!(explain(Subject::Workflow, &good().to_string()).is_ok());
    let again = json!([good()["workflows"][0], good()["workflows"][0]]);
    let unnamed = json!({"trigger": good()["workflows"][0]["trigger"], "steps": []});
    let deep = (0..5).fold(json!({"all": []}), |part, _| json!({"not": part}));
    let outage = |from: &str, to: &str| json!([[format!("2026-03-02T{from}Z"), format!("2026-03-02T{to}Z")]]);
    let cases = [
        (with("/event", json!([])), "unknown field `event`"),
        (with("/evaluate_at", json!("now")), "case X: evaluate_at: `now` is not an instant"),
        (with("/lead", json!({"intent.scores": 1})), "case X: lead.intent.scores: `intent.scores` is not a field"),
        (with("/workflows", again), "case X: workflows[1].id: another workflow has this id"),
        (with("/workflows/0", unnamed), "case X: workflows[0].id: expected an id"),
        (with("/workflows/0/steps/1/id", json!("")), "case X: workflows[0].steps[1].id: expected an id"),
        (with("/workflows/0/when", deep), "case X: workflows[0].when: nested deeper than 5 levels"),
        (with("/workflows/0/version", json!(2)), "case X: workflows[0].version: unknown field `version`"),
        (
            with("/workflows/0/trigger/on", json!("page")),
            "case X: workflows[0].trigger.on: `page` is not one of signal",
        ),
        (with("/workflows/0/trigger/by", json!("rep")), "case X: workflows[0].trigger: `by`: no part of a trigger"),
        (with("/workflows/0/steps/1/do", json!("sms")), "case X: workflows[0].steps[1].do: `sms` is not one of nudge"),
        (with("/workflows/0/steps/1/id", json!("a")), "case X: workflows[0]: steps[1].id: another step has this id"),
        (
            with("/workflows/0/steps/0/wait/for_ms", json!(-1)),
            "case X: workflows[0].steps[0].wait.for_ms: expected 0 to",
        ),
        (with("/workflows/0/steps/0/stop", json!(true)), "case X: workflows[0].steps[0]: expected exactly one of"),
        (with("/events/0/type", json!("page")), "case X: events[0].type: `page` is not one of signal, field"),
        (with("/events/0/at", json!("09:00")), "case X: events[0].at: `09:00` is not an instant"),
        (with("/events/0/recv", json!(1)), "case X: events[0].recv: invalid type"),
        (with("/events/0/field", json!("score")), "case X: events[0].field: `score` is not a field"),
        (with("/events/1/category", json!("Doc")), "case X: events[1].category: `Doc` is not one of Demo"),
        (with("/events/1/signal", json!("view")), "case X: events[1].signal: `view` is not one of page_view"),
        (with("/events/1/by", json!("rep")), "case X: events[1].by: unknown field `by`"),
        (with("/events/1", json!({"id": "e", "type": "sent"})), "case X: events[1]: missing field `at`"),
        (with("/events/1", json!(1)), "case X: events[1]: invalid type"),
        (with("/outages", outage("09:20:00", "09:20:00")), "case X: outages[0]: expected an end after"),
        (with("/outages", outage("09:00:30", "09:20:00")), "case X: events[1]: received in an outage"),
        (with("/outages", json!([["2026-03-02T09:00:00Z"]])), "case X: outages[0]: invalid length 1"),
    ];
    for (case, expected) in cases {
        let error = explain(Subject::Workflow, &case.to_string()).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
    let value = json!({"id": "e", "type": "field", "at": "2026-03-02T09:00:00Z", "field": "tags"});
    let error = explain(Subject::Workflow, &with("/events/0", value).to_string()).expect_err("refused").to_string();
    assert!(error.contains("events[0]: missing field `value`"), "{error}");
}
