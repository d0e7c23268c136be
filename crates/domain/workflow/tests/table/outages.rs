//! Outages (WF-L1, WF-L2) and the next change.

use crate::scene::{high, message, on_high, steps, story, with};
use knock_workflow::Author;
use serde_json::{Value, json};

fn wait(id: &str, span: i64) -> Value {
    json!({"id": id, "wait": {"for_ms": span}})
}

fn mail(id: &str) -> Value {
    json!({"id": id, "do": "mail"})
}

#[test]
fn waits_keep_their_due_instants_and_actions_come_now() {
    let definition =
        || steps(json!([wait("a", 600_000), wait("b", 600_000), mail("m1"), wait("c", 600_000), mail("m2")]));
    let run = story([("09:00", high())]).outage("09:05", "09:50");
    assert_eq!(
        run.gist([definition()], "12:00"),
        ["w1 e1 09:00 finished: a 09:10 waited, b 09:20 waited, m1 09:50 done, c 10:00 waited, m2 10:00 done"]
    );
    assert_eq!(run.gist([definition()], "09:49:59.999"), ["w1 e1 09:00 at a: ", "next 09:50"]);
    assert_eq!(
        run.gist([definition()], "09:00"),
        ["w1 e1 09:00 at a: ", "next 09:50"],
        "nothing is carried out before"
    );
}

#[test]
fn an_outage_ends_before_its_end() {
    let definition = || steps(json!([wait("a", 600_000), mail("m")]));
    let at = |from: &str, to: &str| story([("09:00", high())]).outage(from, to).gist([definition()], "12:00");
    let line = |done: &str| [format!("w1 e1 09:00 finished: a 09:10 waited, m {done} done")];
    assert_eq!(at("09:05", "09:10"), line("09:10"));
    assert_eq!(at("09:10", "09:20"), line("09:20"));
    assert_eq!(at("09:10:00.001", "09:20"), line("09:10"));
    let two = story([("09:00", high())]).outage("09:20", "09:30").outage("09:05", "09:20");
    assert_eq!(two.gist([definition()], "12:00"), line("09:30"), "outages that touch are one");
}

#[test]
fn timers_of_an_outage_are_carried_out_in_their_order() {
    let seq = |id: &str, first: i64, second: i64| {
        json!({"id": id, "trigger": on_high(), "cap": {"actions": 1, "within_ms": 3_600_000},
            "steps": [wait("a", first), wait("b", second), mail("m")]})
    };
    let run = story([("09:00", high())]).outage("09:05", "09:50");
    assert_eq!(
        run.gist([seq("x", 600_000, 1_200_000), seq("y", 660_000, 60_000)], "12:00"),
        [
            "x1 e1 09:00 finished: a 09:10 waited, b 09:30 waited, m 09:50 cap",
            "y1 e1 09:00 finished: a 09:11 waited, b 09:12 waited, m 09:50 done",
        ]
    );
}

#[test]
fn steps_that_are_no_actions_happen_at_their_due_instants() {
    let definition = steps(json!([
        wait("a", 600_000),
        {"id": "b", "branch": {"all": []}},
        {"id": "f", "wait_for": {"event": {"on": "message"}, "within_ms": 600_000}},
        {"id": "u", "wait_until": {"time": "09:30", "zone": "UTC"}},
        {"id": "s", "stop": true},
    ]));
    let run = story([("09:00", high())]).outage("09:05", "09:50");
    assert_eq!(
        run.gist([definition], "12:00"),
        ["w1 e1 09:00 stopped by s: a 09:10 waited, b 09:10 then, f 09:20 timed_out, u 09:30 waited, s 09:30 stopped"]
    );
}

#[test]
fn at_the_end_of_an_outage_events_come_before_timers() {
    let stopped = with(steps(json!([wait("a", 600_000), mail("m")])), json!({"stop_when": [{"on": "message"}]}));
    let run = || story([("09:00", high()), ("09:50", message(Author::Lead))]).outage("09:05", "09:50");
    assert_eq!(run().gist([stopped], "12:00"), ["w1 e1 09:00 stopped by e2: "]);
    let waits = |span: i64| steps(json!([{"id": "f", "wait_for": {"event": {"on": "message"}, "within_ms": span}}]));
    assert_eq!(run().gist([waits(600_000)], "12:00"), ["w1 e1 09:00 finished: f 09:10 timed_out"], "its time was up");
    assert_eq!(run().gist([waits(3_000_000)], "12:00"), ["w1 e1 09:00 finished: f 09:50 happened"]);
}

#[test]
fn an_action_to_the_lead_expires_and_the_run_goes_on() {
    let definition = |action: &str, expires: Value| {
        let mut step = json!({"id": "x", "do": action});
        if !expires.is_null() {
            step["expires_ms"] = expires;
        }
        steps(json!([wait("a", 60_000), step, {"id": "t", "do": "task"}]))
    };
    let late = |by: &str, action: &str, expires: Value| {
        let run = story([("09:00", high())]).outage("09:00:30", by);
        let replay = run.replay([definition(action, expires)], "03-20 09:00");
        replay.runs[0].log[1].outcome.reason().unwrap_or("done")
    };
    for (by, action, expires, expected) in [
        ("09:31", "nudge", json!(null), "done"),
        ("09:31:00.001", "nudge", json!(null), "expired"),
        ("03-03 09:01", "message", json!(null), "done"),
        ("03-03 09:01:00.001", "message", json!(null), "expired"),
        ("03-03 09:01", "mail", json!(null), "done"),
        ("03-03 09:01:00.001", "mail", json!(null), "expired"),
        ("09:01:01", "mail", json!(1000), "done"),
        ("09:01:01.001", "mail", json!(1000), "expired"),
        ("03-03 09:01", "nudge", json!(86_400_000), "done"),
        ("03-10 09:00", "slack", json!(1), "done"),
    ] {
        assert_eq!(late(by, action, expires), expected, "{action} {by}");
    }
}

#[test]
fn after_quiet_hours_the_expiry_counts_from_their_end() {
    let quiet = json!({"quiet": {"from": "08:00", "to": "18:00", "zone": "UTC"}});
    let nudge = || with(steps(json!([{"id": "n", "do": "nudge"}])), quiet.clone());
    let late = |to: &str| story([("09:00", high())]).outage("17:00", to).gist([nudge()], "03-04 00:00");
    assert_eq!(late("18:30"), ["w1 e1 09:00 finished: n 09:00 quiet until 18:00, n 18:30 done"]);
    assert_eq!(late("18:30:00.001"), ["w1 e1 09:00 finished: n 09:00 quiet until 18:00, n 18:30:00.001 expired"]);
    let mail = with(steps(json!([mail("m")])), quiet);
    let again = story([("09:00", high())]).outage("17:00", "03-03 09:00");
    assert_eq!(
        again.gist([mail], "03-04 00:00"),
        ["w1 e1 09:00 finished: m 09:00 quiet until 18:00, m 03-03 09:00 quiet until 03-03 18:00, m 03-03 18:00 done"]
    );
}

#[test]
fn the_next_change_is_the_first_of_all_timers() {
    let waits = |id: &str, span: i64| json!({"id": id, "trigger": on_high(), "steps": [wait("a", span)]});
    let run = story([("09:00", high())]);
    assert_eq!(
        run.gist([waits("x", 600_000), waits("y", 300_000)], "09:04:59.999"),
        ["x1 e1 09:00 at a: ", "y1 e1 09:00 at a: ", "next 09:05"]
    );
    assert_eq!(
        run.gist([waits("x", 600_000), waits("y", 300_000)], "09:05"),
        ["x1 e1 09:00 at a: ", "y1 e1 09:00 finished: a 09:05 waited", "next 09:10"]
    );
}
