//! Waits and branches, and the way through them (WF-W1, WF-W3, WF-W4, WF-B1, WF-S2).

use crate::scene::{field, high, message, pricing, steps, story};
use knock_workflow::Author;
use serde_json::{Value, json};

fn until_message(within: i64, then: Value, otherwise: Value) -> Value {
    json!({"id": "f", "wait_for": {"event": {"on": "message"}, "within_ms": within}, "then": then, "else": otherwise})
}

fn until_known(then: Value, otherwise: Value) -> Value {
    let is = json!({"field": "custom.plan", "op": "is_set"});
    json!({"id": "f", "wait_for": {"is": is, "within_ms": 3_600_000}, "then": then, "else": otherwise})
}

fn task(id: &str) -> Value {
    json!({"id": id, "do": "task"})
}

#[test]
fn a_run_goes_on_behind_a_branch_however_deep_it_is() {
    let yes = json!({"all": []});
    let inner = json!({"id": "c", "branch": yes, "then": [task("t1")]});
    let outer = json!({"id": "b", "branch": yes, "then": [{"id": "a", "wait": {"for_ms": 60_000}}, inner], "else": [task("t2")]});
    let run = story([("09:00", high())]);
    assert_eq!(
        run.gist([steps(json!([outer, task("t3")]))], "12:00"),
        ["w1 e1 09:00 finished: b 09:00 then, a 09:01 waited, c 09:01 then, t1 09:01 done, t3 09:01 done"]
    );
    let empty = json!([{"id": "b", "branch": {"any": []}, "then": [task("t1")]}, {"id": "c", "branch": yes, "then": []}, task("t3")]);
    assert_eq!(run.gist([steps(empty)], "12:00"), ["w1 e1 09:00 finished: b 09:00 else, c 09:00 then, t3 09:00 done"]);
    let last = json!([{"id": "b", "branch": yes, "then": [{"id": "c", "branch": yes, "then": []}]}]);
    assert_eq!(run.gist([steps(last)], "12:00"), ["w1 e1 09:00 finished: b 09:00 then, c 09:00 then"]);
}

#[test]
fn a_wait_for_an_event_ends_at_it_or_when_its_time_is_up() {
    let definition = || steps(json!([until_message(60_000, json!([task("t1")]), json!([task("t2")])), task("t3")]));
    let ends = |at: &str| story([("09:00", high()), (at, message(Author::Lead))]).gist([definition()], "12:00");
    assert_eq!(ends("09:01"), ["w1 e1 09:00 finished: f 09:01 happened, t1 09:01 done, t3 09:01 done"]);
    assert_eq!(ends("09:01:00.001"), ["w1 e1 09:00 finished: f 09:01 timed_out, t2 09:01 done, t3 09:01 done"]);
    assert_eq!(
        ends("08:59"),
        ["w1 e2 09:00 finished: f 09:01 timed_out, t2 09:01 done, t3 09:01 done"].map(|it| it.replace("e2", "e1"))
    );
}

#[test]
fn only_events_after_the_entry_end_a_wait() {
    let on_high = json!({"on": "field", "field": "intent.score", "to": ["High"]});
    let own = json!({"id": "f", "wait_for": {"event": on_high, "within_ms": 60_000}});
    let run = story([("09:00", high())]);
    assert_eq!(run.gist([steps(json!([own]))], "12:00"), ["w1 e1 09:00 finished: f 09:01 timed_out"]);
    let two = json!([until_message(60_000, json!([]), json!([])), {"id": "g", "wait_for": {"event": {"on": "message"}, "within_ms": 60_000}}]);
    let one_message = story([("09:00", high()), ("09:00:30", message(Author::Rep))]);
    assert_eq!(
        one_message.gist([steps(two)], "12:00"),
        ["w1 e1 09:00 finished: f 09:00:30 happened, g 09:01:30 timed_out"],
        "one event ends one wait"
    );
}

#[test]
fn only_signals_after_the_entry_count_for_a_wait() {
    let twice = json!({"on": "signal", "count": 2, "within_ms": 3_600_000});
    let definition = || steps(json!([{"id": "f", "wait_for": {"event": twice, "within_ms": 3_600_000}}]));
    let before = story([("08:59", pricing()), ("09:00", high()), ("09:01", pricing())]);
    assert_eq!(before.gist([definition()], "12:00"), ["w1 e2 09:00 finished: f 10:00 timed_out"]);
    let after = story([("08:59", pricing()), ("09:00", high()), ("09:01", pricing()), ("09:02", pricing())]);
    assert_eq!(after.gist([definition()], "12:00"), ["w1 e2 09:00 finished: f 09:02 happened"]);
    let late = story([("09:00", high())]).then("08:00", "09:01", pricing()).then("08:10", "09:02", pricing());
    assert_eq!(late.gist([definition()], "12:00"), ["w1 e1 09:00 finished: f 09:02 happened"], "by their arrival");
}

#[test]
fn a_wait_for_a_condition_ends_when_it_holds() {
    let definition = || steps(json!([until_known(json!([task("t1")]), json!([task("t2")])), task("t3")]));
    let plan = || field("custom.plan", json!("pro"));
    let known = story([("09:00", high())]).lead(json!({"custom.plan": "pro"}));
    assert_eq!(
        known.gist([definition()], "12:00"),
        ["w1 e1 09:00 finished: f 09:00 happened, t1 09:00 done, t3 09:00 done"]
    );
    let at_last = story([("09:00", high()), ("10:00", plan())]);
    assert_eq!(
        at_last.gist([definition()], "12:00"),
        ["w1 e1 09:00 finished: f 10:00 happened, t1 10:00 done, t3 10:00 done"]
    );
    let too_late = story([("09:00", high()), ("10:00:00.001", plan())]);
    assert_eq!(
        too_late.gist([definition()], "12:00"),
        ["w1 e1 09:00 finished: f 10:00 timed_out, t2 10:00 done, t3 10:00 done"]
    );
    let stays = steps(json!([until_known(json!([task("t1")]), json!([]))]));
    assert_eq!(story([("09:00", high())]).gist([stays], "09:30"), ["w1 e1 09:00 at f: ", "next 10:00"]);
}

#[test]
fn a_condition_is_tried_at_every_event_of_the_lead() {
    let is = json!({"field": "custom.from", "op": "before", "value": "2026-03-02T09:30:00Z"});
    let recent = json!({"not": {"field": "custom.seen", "op": "within_last", "value": "30m"}});
    let definition = steps(json!([{"id": "f", "wait_for": {"is": {"all": [is, recent]}, "within_ms": 7_200_000}}]));
    let lead = json!({"custom.from": "2026-03-02", "custom.seen": "2026-03-02T09:00:00Z"});
    let run = story([("09:00", high()), ("09:30", pricing()), ("09:31", pricing())]).lead(lead);
    assert_eq!(run.gist([definition], "12:00"), ["w1 e1 09:00 finished: f 09:31 happened"]);
}

#[test]
fn waits_within_branches_of_waits_keep_their_place() {
    let then = json!([{"id": "a", "wait": {"for_ms": 60_000}}, until_known(json!([task("t1")]), json!([]))]);
    let outer = json!({"id": "o", "wait_for": {"event": {"on": "message"}, "within_ms": 60_000}, "then": then});
    let run =
        story([("09:00", high()), ("09:00:30", message(Author::Lead)), ("09:10", field("custom.plan", json!("x")))]);
    assert_eq!(
        run.gist([steps(json!([outer, task("t2")]))], "12:00"),
        [
            "w1 e1 09:00 finished: o 09:00:30 happened, a 09:01:30 waited, f 09:10 happened, t1 09:10 done, t2 09:10 done"
        ]
    );
}

#[test]
fn a_stop_step_ends_the_run_also_within_branches() {
    let stop = json!({"id": "s", "stop": true});
    let definition = json!([
        until_message(60_000, json!([]), json!([{"id": "b", "branch": {"all": []}, "then": [stop]}])),
        task("t")
    ]);
    let run = story([("09:00", high())]);
    assert_eq!(
        run.gist([steps(definition)], "12:00"),
        ["w1 e1 09:00 stopped by s: f 09:01 timed_out, b 09:01 then, s 09:01 stopped"]
    );
}
