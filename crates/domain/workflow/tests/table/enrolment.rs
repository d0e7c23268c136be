//! Enrolment and its refusals (WF-E3, WF-E4).

use crate::scene::{denied, field, high, low, steps, story, with};
use serde_json::{Value, json};

fn task(more: Value) -> Value {
    with(steps(json!([{"id": "t", "do": "task"}])), more)
}

#[test]
fn a_lead_is_enrolled_once_always_or_after_a_span() {
    let twice = story([("09:00", high()), ("09:30", low()), ("10:00", high())]);
    let done = |n: u32, event: &str, at: &str| format!("w{n} {event} {at} finished: t {at} done");
    let first = done(1, "e1", "09:00");
    assert_eq!(twice.gist([task(json!({}))], "12:00"), [&first, "w e3 10:00: already"]);
    assert_eq!(twice.gist([task(json!({"again": "once"}))], "12:00"), [&first, "w e3 10:00: already"]);
    assert_eq!(twice.gist([task(json!({"again": "always"}))], "12:00"), [first.clone(), done(2, "e3", "10:00")]);
    let after = |span: i64| task(json!({"again": {"after_ms": span}}));
    assert_eq!(twice.gist([after(3_600_000)], "12:00"), [first.clone(), done(2, "e3", "10:00")]);
    assert_eq!(twice.gist([after(3_600_001)], "12:00"), [&first, "w e3 10:00: too_soon"]);
}

#[test]
fn one_run_is_active_at_most_and_a_stopped_one_was_an_enrolment() {
    let waits = |more: Value| with(steps(json!([{"id": "a", "wait": {"for_ms": 3_600_000}}])), more);
    let twice = || story([("09:00", high()), ("09:30", low()), ("09:59", high())]);
    assert_eq!(
        twice().gist([waits(json!({"again": "always"}))], "09:59"),
        ["w1 e1 09:00 at a: ", "w e3 09:59: active", "next 10:00"]
    );
    let stop_at_low = json!({"stop_when": [{"on": "field", "field": "intent.score", "to": ["Low"]}]});
    assert_eq!(twice().gist([waits(stop_at_low)], "10:00"), ["w1 e1 09:00 stopped by e2: ", "w e3 09:59: already"]);
    let due = story([("09:00", high()), ("09:30", low()), ("10:00", high())]);
    assert_eq!(
        due.gist([waits(json!({"again": "always"}))], "10:00"),
        ["w1 e1 09:00 finished: a 10:00 waited", "w e3 10:00: active"],
        "events come before timers"
    );
}

#[test]
fn the_first_reason_is_recorded() {
    let refused = |more: Value| {
        let no = json!({"field": "intent.score", "op": "eq", "value": "Low"});
        let workflow = with(task(more), json!({"when": no}));
        let run = story([("09:00", high())]).then("09:10", "09:10", low()).then("09:20", "09:20", high());
        run.gist([workflow], "12:00")
    };
    assert_eq!(refused(json!({})), ["w e1 09:00: conditions", "w e3 09:20: conditions"], "a refusal is no enrolment");
    assert_eq!(refused(json!({"enabled": false})), ["w e1 09:00: disabled", "w e3 09:20: disabled"]);
    let no_consent = story([("09:00", denied()), ("09:10", high())]);
    let when = json!({"when": {"any": []}});
    assert_eq!(no_consent.gist([task(when.clone())], "12:00"), ["w e2 09:10: consent"]);
    assert_eq!(no_consent.gist([task(json!({"enabled": false}))], "12:00"), ["w e2 09:10: disabled"]);
    let from_the_start = story([("09:10", high())]).lead(json!({"consent": "Denied"}));
    assert_eq!(from_the_start.gist([task(when)], "12:00"), ["w e1 09:10: consent"]);
}

#[test]
fn conditions_hold_at_the_instant_of_the_event_which_they_include() {
    let when = |condition: Value| task(json!({"when": condition}));
    let score = when(json!({"field": "intent.score", "op": "eq", "value": "High"}));
    assert_eq!(story([("09:00", high())]).gist([score], "12:00"), ["w1 e1 09:00 finished: t 09:00 done"]);
    let recent = || when(json!({"field": "custom.seen", "op": "within_last", "value": "1h"}));
    let seen = |at: &str| {
        let seen = field("custom.seen", json!("2026-03-02T09:00:00Z"));
        story([("09:00", seen), (at, high())]).gist([recent()], "12:00")
    };
    assert_eq!(seen("10:00"), ["w1 e2 10:00 finished: t 10:00 done"]);
    assert_eq!(seen("10:00:00.001"), ["w e2 10:00:00.001: conditions"]);
}

#[test]
fn conditions_ask_for_statuses_tags_and_consent() {
    let facts = json!({"chat.status": "AI Discovery", "meeting.status": "New", "tags": ["vip"], "consent": "granted"});
    for (condition, expected) in [
        (json!({"field": "chat.status", "op": "eq", "value": "ai discovery"}), true),
        (json!({"field": "meeting.status", "op": "in", "value": ["Meeting Booked"]}), false),
        (json!({"field": "tags", "op": "has_any", "value": ["VIP", "x"]}), true),
        (json!({"field": "consent", "op": "neq", "value": "granted"}), false),
        (json!({"all": []}), true),
        (json!({"any": []}), false),
    ] {
        let run = story([("09:00", high())]).lead(facts.clone());
        let enrolled = run.replay([task(json!({"when": condition}))], "12:00").runs.len() == 1;
        assert_eq!(enrolled, expected, "{condition}");
    }
}

#[test]
fn a_workflow_without_steps_ends_as_it_begins() {
    assert_eq!(story([("09:00", high())]).gist([steps(json!([]))], "12:00"), ["w1 e1 09:00 finished: "]);
}
