//! The order of events, timers, workflows and runs (WF-O1..WF-O3).

use crate::scene::{field, high, low, message, on_high, pricing, steps, story, with};
use knock_workflow::Author;
use serde_json::{Value, json};

fn wait_then_task(id: &str) -> Value {
    json!({"id": id, "trigger": on_high(), "again": "always",
        "steps": [{"id": "a", "wait": {"for_ms": 60_000}}, {"id": "t", "do": "task"}]})
}

#[test]
fn events_take_effect_when_they_are_received_whatever_the_order_of_their_delivery() {
    let delivered = story([]).then("09:05", "09:05", low()).then("09:00", "09:00", high());
    assert_eq!(
        delivered.gist([steps(json!([{"id": "t", "do": "task"}]))], "10:00"),
        ["w1 e2 09:00 finished: t 09:00 done"]
    );
    let late = story([]).then("09:00", "09:20", high());
    assert_eq!(late.gist([steps(json!([{"id": "t", "do": "task"}]))], "10:00"), ["w1 e1 09:20 finished: t 09:20 done"]);
    let early = story([]).then("09:20", "09:00", high());
    assert_eq!(
        early.gist([steps(json!([{"id": "t", "do": "task"}]))], "10:00"),
        ["w1 e1 09:00 finished: t 09:00 done"]
    );
}

#[test]
fn of_one_instant_events_count_in_order_of_delivery() {
    let one = story([("09:00", high()), ("09:00", low()), ("09:00", high())]);
    let always = with(steps(json!([{"id": "t", "do": "task"}])), json!({"again": "always"}));
    let both = ["w1 e1 09:00 finished: t 09:00 done", "w2 e3 09:00 finished: t 09:00 done"];
    assert_eq!(one.gist([always], "09:00"), both);
}

#[test]
fn an_id_counts_once_the_first_that_is_received() {
    let mut again =
        story([]).then("09:00", "09:30", high()).then("09:10", "09:10", low()).then("09:20", "09:20", high());
    again.events[2].id = "e1".into();
    let task = || steps(json!([{"id": "t", "do": "task"}]));
    assert_eq!(again.gist([task()], "10:00"), ["w1 e1 09:20 finished: t 09:20 done"]);
    again.events[2].id = "e2".into();
    assert_eq!(again.gist([task()], "10:00"), ["w1 e1 09:30 finished: t 09:30 done"]);
}

#[test]
fn what_is_not_received_yet_is_unknown() {
    let late = story([("09:00", high())]).then("09:00", "09:10:00.001", message(Author::Lead));
    let stop =
        with(steps(json!([{"id": "a", "wait": {"for_ms": 3_600_000}}])), json!({"stop_when": [{"on": "message"}]}));
    assert_eq!(late.gist([stop.clone()], "09:10"), ["w1 e1 09:00 at a: ", "next 10:00"]);
    assert_eq!(late.gist([stop], "09:10:00.001"), ["w1 e1 09:00 stopped by e2: "]);
}

#[test]
fn an_event_at_the_due_instant_comes_before_the_timer() {
    let run = story([("09:00", high()), ("09:01", field("custom.plan", json!("pro")))]);
    let branch = json!({"field": "custom.plan", "op": "is_set"});
    let steps = steps(json!([{"id": "a", "wait": {"for_ms": 60_000}}, {"id": "b", "branch": branch}]));
    assert_eq!(run.gist([steps], "09:01"), ["w1 e1 09:00 finished: a 09:01 waited, b 09:01 then"]);
}

#[test]
fn a_wait_of_no_time_lets_the_other_events_of_its_instant_pass_first() {
    let run = story([("09:00", high()), ("09:00", message(Author::Lead))]);
    let definition = with(
        steps(json!([{"id": "a", "wait": {"for_ms": 0}}, {"id": "t", "do": "task"}])),
        json!({"stop_when": [{"on": "message"}]}),
    );
    assert_eq!(run.gist([definition], "10:00"), ["w1 e1 09:00 stopped by e2: "]);
    let alone = story([("09:00", high())]);
    let definition = steps(json!([{"id": "a", "wait": {"for_ms": 0}}, {"id": "t", "do": "task"}]));
    assert_eq!(alone.gist([definition], "09:00"), ["w1 e1 09:00 finished: a 09:00 waited, t 09:00 done"]);
}

#[test]
fn of_timers_the_due_instant_decides_then_the_order_of_the_workflows() {
    let mail = |id: &str, wait: i64| {
        json!({"id": id, "trigger": on_high(), "cap": {"actions": 1, "within_ms": 3_600_000},
            "steps": [{"id": "a", "wait": {"for_ms": wait}}, {"id": "m", "do": "mail"}]})
    };
    let run = story([("09:00", high())]);
    assert_eq!(
        run.gist([mail("x", 60_000), mail("y", 60_000)], "10:00"),
        ["x1 e1 09:00 finished: a 09:01 waited, m 09:01 done", "y1 e1 09:00 finished: a 09:01 waited, m 09:01 cap"]
    );
    assert_eq!(
        run.gist([mail("x", 60_001), mail("y", 60_000)], "10:00"),
        [
            "x1 e1 09:00 finished: a 09:01:00.001 waited, m 09:01:00.001 cap",
            "y1 e1 09:00 finished: a 09:01 waited, m 09:01 done"
        ]
    );
}

#[test]
fn runs_are_listed_as_they_began() {
    let by_signal = json!({"id": "x", "trigger": {"on": "signal"}, "steps": [{"id": "t", "do": "task"}]});
    let run = story([("09:00", high()), ("09:01", pricing())]);
    assert_eq!(
        run.gist([by_signal, wait_then_task("y")], "10:00"),
        ["y1 e1 09:00 finished: a 09:01 waited, t 09:01 done", "x1 e2 09:01 finished: t 09:01 done"]
    );
}

#[test]
fn an_event_stops_runs_then_ends_waits_then_enrols() {
    let on_low = json!({"on": "field", "field": "intent.score", "to": ["Low"]});
    let stopped = with(wait_then_task("x"), json!({"stop_when": [on_low]}));
    let waits = |id: &str| {
        json!({"id": id, "trigger": on_high(), "cap": {"actions": 1, "within_ms": 3_600_000},
            "steps": [{"id": "f", "wait_for": {"event": on_low, "within_ms": 3_600_000}, "then": [{"id": "m", "do": "mail"}]}]})
    };
    let enrols = json!({"id": "z", "trigger": on_low, "cap": {"actions": 2, "within_ms": 3_600_000},
        "steps": [{"id": "m", "do": "mail"}]});
    let run = story([("09:00", high()), ("09:00:30", low())]);
    assert_eq!(
        run.gist([enrols, stopped, waits("p"), waits("q")], "10:00"),
        [
            "x1 e1 09:00 stopped by e2: ",
            "p1 e1 09:00 finished: f 09:00:30 happened, m 09:00:30 done",
            "q1 e1 09:00 finished: f 09:00:30 happened, m 09:00:30 cap",
            "z1 e2 09:00:30 finished: m 09:00:30 done",
        ]
    );
}

#[test]
fn an_event_can_stop_a_run_and_enrol_the_lead_anew() {
    let by_message = json!({"id": "w", "trigger": {"on": "message"}, "again": "always", "stop_when": [{"on": "message"}],
        "steps": [{"id": "a", "wait": {"for_ms": 60_000}}]});
    let run = story([("09:00", message(Author::Lead)), ("09:00:30", message(Author::Lead))]);
    assert_eq!(
        run.gist([by_message], "09:00:30"),
        ["w1 e1 09:00 stopped by e2: ", "w2 e2 09:00:30 at a: ", "next 09:01:30"]
    );
}
