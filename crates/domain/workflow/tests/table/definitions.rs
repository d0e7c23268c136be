//! Workflows in JSON: what cannot be read, and what cannot be saved.

use crate::scene::{on_high, steps, with};
use knock_workflow::Workflow;
use serde_json::{Value, json};

fn whole() -> Value {
    json!({
        "id": "w", "enabled": false, "trigger": {"on": "signal", "signal": "cta", "category": "Docs", "count": 2, "within_ms": 5},
        "when": {"all": [{"field": "tags", "op": "has_any", "value": ["vip"]}]}, "again": {"after_ms": 7},
        "stop_when": [{"on": "message", "by": "rep"}, {"on": "form", "form": "a"}, {"on": "link", "link": "b"}, on_high()],
        "quiet": {"from": "20:00", "to": "08:05", "zone": "Europe/Berlin", "days": ["sat"]},
        "cap": {"actions": 2, "within_ms": 9},
        "steps": [
            {"id": "a", "wait": {"for_ms": 1}},
            {"id": "b", "wait_until": {"time": "09:00", "days": ["mon", "sun"], "zone": "UTC"}},
            {"id": "c", "wait_until": {"time": "09:00", "zone": "UTC"}},
            {"id": "d", "wait_for": {"event": {"on": "message"}, "within_ms": 3}, "then": [{"id": "e", "stop": true}], "else": []},
            {"id": "f", "wait_for": {"is": {"all": []}, "within_ms": 3}, "then": [], "else": []},
            {"id": "g", "branch": {"all": []}, "then": [{"id": "h", "do": "mail", "expires_ms": 4}], "else": [{"id": "i", "do": "set_field"}]},
        ],
    })
}

#[test]
fn a_workflow_is_written_as_it_was_read() {
    let read: Workflow = serde_json::from_value(whole()).expect("a workflow");
    assert_eq!(read.check(), Ok(()));
    assert_eq!(serde_json::to_value(&read).expect("JSON"), whole());
    let least: Workflow = serde_json::from_value(steps(json!([]))).expect("a workflow");
    let written = serde_json::to_value(&least).expect("JSON");
    assert_eq!(written, with(steps(json!([])), json!({"enabled": true, "again": "once"})));
    assert_eq!(serde_json::from_value::<Workflow>(written).expect("a workflow"), least);
}

#[test]
fn what_cannot_be_read_is_named() {
    let bad = |more: Value, expected: &str| {
        let error = serde_json::from_value::<Workflow>(with(whole(), more)).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    };
    let step = |step: Value| json!({"steps": [step]});
    bad(json!({"name": "x"}), "unknown field `name`");
    bad(json!({"again": "twice"}), "unknown variant `twice`");
    bad(json!({"again": {"after_ms": -1}}), "expected 0 to");
    bad(json!({"trigger": {"on": "page"}}), "`page` is not one of signal, field, message, form, link");
    bad(json!({"trigger": {"on": "signal", "category": "Prices"}}), "`Prices` is not one of Demo/Contact sales");
    bad(json!({"trigger": {"on": "signal", "signal": "view"}}), "`view` is not one of page_view");
    bad(json!({"trigger": {"on": "signal", "count": 0}}), "expected at least 1");
    bad(json!({"trigger": {"on": "signal", "by": "rep"}}), "`by`: no part of a trigger on `signal`");
    bad(json!({"trigger": {"on": "message", "within_ms": 1}}), "`within_ms`: no part of a trigger on `message`");
    bad(json!({"trigger": {"on": "message", "by": "bot"}}), "`bot` is not one of lead, rep, agent");
    bad(json!({"trigger": {"on": "field", "to": []}}), "missing field `field`");
    bad(json!({"trigger": {"on": "field", "field": "tags"}}), "missing field `to`");
    bad(json!({"trigger": {"on": "field", "field": "tag", "to": []}}), "`tag` is not a field");
    bad(json!({"quiet": {"from": "8:00", "to": "09:00", "zone": "UTC"}}), "`8:00` is not a time of day");
    bad(json!({"quiet": {"from": "08:00", "to": "09:00", "zone": "Mars"}}), "`Mars` is not a time zone");
    bad(
        json!({"quiet": {"from": "08:00", "to": "09:00", "zone": "UTC", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}}),
        "expected a day that is not quiet",
    );
    bad(json!({"cap": {"actions": 1, "within_ms": 1, "x": 1}}), "unknown field `x`");
    bad(step(json!({"wait": {"for_ms": 1}})), "missing field `id`");
    bad(step(json!({"id": "a"})), "expected exactly one of `wait`");
    bad(step(json!({"id": "a", "do": "mail", "stop": true})), "expected exactly one of `wait`");
    bad(
        step(json!({"id": "a", "branch": {"all": []}, "wait_for": {"is": {"all": []}, "within_ms": 1}})),
        "expected exactly one of",
    );
    bad(step(json!({"id": "a", "do": "post"})), "`post` is not one of nudge");
    bad(step(json!({"id": "a", "stop": false})), "expected true");
    bad(step(json!({"id": "a", "do": "mail", "then": []})), "`then`, `else`: only");
    bad(step(json!({"id": "a", "stop": true, "expires_ms": 1})), "`expires_ms`: only an action");
    bad(step(json!({"id": "a", "wait": {"for_ms": 1, "x": 1}})), "unknown field `x`");
    bad(step(json!({"id": "a", "wait": {"for_ms": 9_000_000_000_000_000_i64}})), "expected 0 to");
    bad(step(json!({"id": "a", "wait": {"for_ms": 1.5}})), "invalid type: floating point");
    bad(
        step(json!({"id": "a", "wait_until": {"time": "09:00", "zone": "UTC", "days": []}})),
        "expected at least one day",
    );
    bad(
        step(json!({"id": "a", "wait_until": {"time": "09:00", "zone": "UTC", "days": ["monday"]}})),
        "`monday` is not one of mon",
    );
    bad(step(json!({"id": "a", "wait_for": {"within_ms": 1}})), "`wait_for`: expected exactly one of `event`, `is`");
    let both = json!({"event": {"on": "message"}, "is": {"all": []}, "within_ms": 1});
    bad(step(json!({"id": "a", "wait_for": both})), "`wait_for`: expected exactly one of `event`, `is`");
    let same = json!({"steps": [{"id": "a", "branch": {"all": []}, "else": [{"id": "b", "stop": true}]}, {"id": "b", "stop": true}]});
    bad(same, "steps[1].id: another step has this id");
    let within = json!({"steps": [{"id": "a", "branch": {"all": []}, "else": [{"id": "a", "stop": true}]}]});
    bad(within, "steps[0].else[0].id: another step has this id");
}

#[test]
fn what_cannot_be_saved_is_named() {
    let bad = |more: Value, expected: &str| {
        let read: Workflow = serde_json::from_value(with(whole(), more)).expect("it can be read");
        let error = read.check().expect_err(expected).to_string();
        assert!(error.starts_with(expected), "{error}");
    };
    let step = |step: Value| json!({"steps": [{"id": "x", "stop": true}, step]});
    let trigger = |trigger: Value| json!({"trigger": trigger});
    let to = |name: &str, to: Value| json!({"trigger": {"on": "field", "field": name, "to": to}});
    bad(json!({"id": " "}), "id: expected a name");
    bad(trigger(json!({"on": "signal", "count": 2})), "trigger.within_ms: a `count` expects");
    bad(trigger(json!({"on": "signal", "within_ms": 2})), "trigger.count: `within_ms` expects");
    bad(trigger(json!({"on": "signal", "count": 2, "within_ms": 0})), "trigger.within_ms: expected more than 0");
    bad(to("tags", json!([])), "trigger.to: expected at least one value");
    bad(to("company.employees", json!([1, "2"])), "trigger.to[1]: not a value of the number field `company.employees`");
    bad(to("email.is_free", json!(["yes"])), "trigger.to[0]: not a value of the bool field");
    bad(to("tags", json!([["a"]])), "trigger.to[0]: not a value of the list field");
    bad(to("intent.score", json!(["Hot"])), "trigger.to[0]: expected one of Low, Medium, High");
    bad(to("chat.status", json!(["Closed", "Won"])), "trigger.to[1]: expected one of New, Save the Lead");
    bad(to("meeting.status", json!(["Booked"])), "trigger.to[0]: expected one of New");
    bad(to("consent", json!(["yes"])), "trigger.to[0]: expected one of granted, denied");
    bad(json!({"when": {"any": []}}), "when: an empty `any` matches no lead");
    bad(json!({"when": {"all": [{"not": {"any": []}}]}}), "when: an empty `any`");
    bad(json!({"when": {"field": "intent.score", "op": "eq", "value": "Hot"}}), "when: `intent.score` is never `Hot`");
    let deep = (0..5).fold(json!({"all": []}), |inner, _| json!({"not": inner}));
    bad(json!({"when": deep}), "when: nested deeper");
    bad(json!({"again": {"after_ms": 0}}), "again.after_ms: expected more than 0");
    bad(json!({"stop_when": [{"on": "message"}, {"on": "signal", "count": 1}]}), "stop_when[1].within_ms");
    bad(json!({"quiet": {"from": "08:00", "to": "08:00", "zone": "UTC"}}), "quiet: expected hours");
    bad(json!({"cap": {"actions": 0, "within_ms": 1}}), "cap.actions: expected more than 0");
    bad(json!({"cap": {"actions": 1, "within_ms": 0}}), "cap.within_ms: expected more than 0");
    bad(json!({"steps": []}), "steps: expected at least one step");
    bad(step(json!({"id": "", "stop": true})), "steps[1].id: expected a name");
    bad(step(json!({"id": "ä".repeat(101), "stop": true})), "steps[1].id: expected at most 100 characters");
    bad(step(json!({"id": "a\u{0}", "stop": true})), "steps[1].id: expected at most 100 characters, on one line");
    bad(step(json!({"id": "a", "wait": {"for_ms": 0}})), "steps[1].wait.for_ms: expected more than 0");
    bad(step(json!({"id": "a", "wait_for": {"is": {"all": []}, "within_ms": 0}})), "steps[1].wait_for.within_ms");
    bad(step(json!({"id": "a", "wait_for": {"is": {"any": []}, "within_ms": 1}})), "steps[1].wait_for.is: an empty");
    bad(
        step(json!({"id": "a", "wait_for": {"event": {"on": "field", "field": "tags", "to": []}, "within_ms": 1}})),
        "steps[1].wait_for.event.to",
    );
    bad(step(json!({"id": "a", "branch": {"any": []}})), "steps[1].branch: an empty `any`");
    bad(step(json!({"id": "a", "do": "mail", "expires_ms": 0})), "steps[1].expires_ms: expected more than 0");
    let inner = json!({"id": "a", "branch": {"all": []}, "then": [{"id": "b", "branch": {"all": []}, "else": [{"id": "c", "wait": {"for_ms": 0}}]}]});
    bad(step(inner), "steps[1].then[0].else[0].wait.for_ms");
    let many: Value = (0..101).map(|number| json!({"id": format!("s{number}"), "stop": true})).collect();
    bad(json!({"steps": many}), "steps: expected at most 100 steps");
    let nested = |levels: u32| {
        let last = json!([{"id": "last", "stop": true}]);
        (1..levels)
            .fold(last, |inner, level| json!([{"id": format!("s{level}"), "branch": {"all": []}, "then": inner}]))
    };
    bad(json!({"steps": nested(11)}), "steps: nested deeper than 10 levels");
    let most: Workflow = serde_json::from_value(with(whole(), json!({"steps": nested(10)}))).expect("a workflow");
    assert_eq!(most.check(), Ok(()));
}
