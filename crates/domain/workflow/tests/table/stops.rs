//! Events that stop a run (WF-S1).

use crate::scene::{field, high, message, pricing, steps, story, with};
use knock_workflow::Author;
use serde_json::{Value, json};

fn waits(stop_when: Value) -> Value {
    with(steps(json!([{"id": "a", "wait": {"for_ms": 3_600_000}}])), json!({"stop_when": stop_when}))
}

#[test]
fn only_events_after_the_enrolment_stop() {
    let by_message = || waits(json!([{"on": "message", "by": "lead"}]));
    let before = story([("08:59", message(Author::Lead)), ("09:00", high()), ("09:30", message(Author::Rep))]);
    assert_eq!(before.gist([by_message()], "12:00"), ["w1 e2 09:00 finished: a 10:00 waited"]);
    let same = story([("09:00", high()), ("09:00", message(Author::Lead))]);
    assert_eq!(same.gist([by_message()], "12:00"), ["w1 e1 09:00 stopped by e2: "]);
    let earlier = story([("09:00", message(Author::Lead)), ("09:00", high())]);
    assert_eq!(earlier.gist([by_message()], "12:00"), ["w1 e2 09:00 finished: a 10:00 waited"]);
    let late = story([("09:00", high())]).then("08:00", "09:01", message(Author::Lead));
    assert_eq!(late.gist([by_message()], "12:00"), ["w1 e1 09:00 stopped by e2: "], "by its arrival");
}

#[test]
fn any_of_the_events_stops() {
    let closed = json!({"on": "field", "field": "chat.status", "to": ["Closed", "Rejected"]});
    let any = || waits(json!([{"on": "message"}, closed]));
    let rejected = story([("09:00", high()), ("09:10", field("chat.status", json!("Rejected")))]);
    assert_eq!(rejected.gist([any()], "12:00"), ["w1 e1 09:00 stopped by e2: "]);
    let between = story([("09:00", high()), ("09:10", field("chat.status", json!("Rejected")))])
        .lead(json!({"chat.status": "Closed"}));
    assert_eq!(between.gist([any()], "12:00"), ["w1 e1 09:00 finished: a 10:00 waited"], "it was one of them before");
}

#[test]
fn only_signals_after_the_enrolment_count() {
    let twice = || waits(json!([{"on": "signal", "count": 2, "within_ms": 3_600_000}]));
    let one = story([("08:58", pricing()), ("08:59", pricing()), ("09:00", high()), ("09:01", pricing())]);
    assert_eq!(one.gist([twice()], "12:00"), ["w1 e3 09:00 finished: a 10:00 waited"]);
    let two = story([
        ("08:58", pricing()),
        ("08:59", pricing()),
        ("09:00", high()),
        ("09:01", pricing()),
        ("09:02", pricing()),
    ]);
    assert_eq!(two.gist([twice()], "12:00"), ["w1 e3 09:00 stopped by e5: "]);
    let stale = story([("09:00", high()), ("09:01", pricing())]).then("08:20", "09:02", pricing());
    assert_eq!(stale.gist([twice()], "12:00"), ["w1 e1 09:00 finished: a 10:00 waited"], "one alone is in its window");
    let old = story([("09:00", high())]).then("08:00", "09:01", pricing()).then("08:01", "09:02", pricing());
    assert_eq!(old.gist([twice()], "12:00"), ["w1 e1 09:00 stopped by e3: "], "late ones count, and stop");
}

#[test]
fn a_deferred_action_is_stopped_too() {
    let quiet = json!({"quiet": {"from": "08:00", "to": "18:00", "zone": "UTC"}, "stop_when": [{"on": "message"}]});
    let definition = with(steps(json!([{"id": "m", "do": "mail"}])), quiet);
    let run = story([("09:00", high()), ("17:59", message(Author::Lead))]);
    assert_eq!(run.gist([definition], "20:00"), ["w1 e1 09:00 stopped by e2: m 09:00 quiet until 18:00"]);
}

#[test]
fn a_run_that_has_ended_is_not_stopped() {
    let run = story([("09:00", high()), ("10:30", message(Author::Lead))]);
    assert_eq!(run.gist([waits(json!([{"on": "message"}]))], "12:00"), ["w1 e1 09:00 finished: a 10:00 waited"]);
}
