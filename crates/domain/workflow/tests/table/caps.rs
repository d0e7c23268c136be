//! Caps (WF-A4).

use crate::scene::{high, low, on_high, steps, story, with};
use knock_workflow::EventKind;
use serde_json::{Value, json};

fn mails(count: usize) -> Value {
    (1..=count).map(|number| json!({"id": format!("m{number}"), "do": "mail"})).collect()
}

fn cap(actions: u32, within: i64) -> Value {
    json!({"cap": {"actions": actions, "within_ms": within}})
}

#[test]
fn so_many_actions_go_and_no_more() {
    let run = story([("09:00", high())]);
    assert_eq!(
        run.gist([with(steps(mails(3)), cap(2, 60_000))], "12:00"),
        ["w1 e1 09:00 finished: m1 09:00 done, m2 09:00 done, m3 09:00 cap"]
    );
    let none = with(steps(mails(1)), cap(0, 60_000));
    assert_eq!(run.gist([none], "12:00"), ["w1 e1 09:00 finished: m1 09:00 cap"]);
}

#[test]
fn what_was_done_at_the_beginning_of_the_window_has_left_it() {
    let waits = |span: i64| json!([{"id": "m1", "do": "mail"}, {"id": "a", "wait": {"for_ms": span}}, {"id": "m2", "do": "mail"}]);
    let second = |span: i64| {
        let replay = story([("09:00", high())]).replay([with(steps(waits(span)), cap(1, 60_000))], "12:00");
        replay.runs[0].log[2].outcome.reason().unwrap_or("done")
    };
    assert_eq!((second(59_999), second(60_000)), ("cap", "done"));
}

#[test]
fn actions_of_all_workflows_and_of_elsewhere_count_skipped_ones_do_not() {
    let other =
        json!({"id": "x", "trigger": on_high(), "steps": [{"id": "n", "do": "nudge"}, {"id": "t", "do": "task"}]});
    let run = || story([("08:59:30", EventKind::Sent), ("09:00", high())]);
    let capped = |actions: u32| with(steps(mails(2)), cap(actions, 60_000));
    let x = "x1 e2 09:00 finished: n 09:00 done, t 09:00 done";
    assert_eq!(
        run().gist([other.clone(), capped(2)], "12:00"),
        [x, "w1 e2 09:00 finished: m1 09:00 cap, m2 09:00 cap"]
    );
    assert_eq!(
        run().gist([other.clone(), capped(3)], "12:00"),
        [x, "w1 e2 09:00 finished: m1 09:00 done, m2 09:00 cap"]
    );
    assert_eq!(
        run().gist([capped(2), other], "12:00"),
        ["w1 e2 09:00 finished: m1 09:00 done, m2 09:00 cap", x],
        "a workflow without a cap is not capped by another"
    );
}

#[test]
fn runs_of_one_workflow_share_its_cap() {
    let always = with(with(steps(mails(1)), cap(1, 3_600_000)), json!({"again": "always"}));
    let twice =
        story([("09:00", high()), ("09:30", low()), ("09:59:59.999", high()), ("10:10", low()), ("10:20", high())]);
    assert_eq!(
        twice.gist([always], "12:00"),
        [
            "w1 e1 09:00 finished: m1 09:00 done",
            "w2 e3 09:59:59.999 finished: m1 09:59:59.999 cap",
            "w3 e5 10:20 finished: m1 10:20 done",
        ]
    );
}

#[test]
fn an_action_done_elsewhere_counts_from_its_arrival() {
    let late = story([]).then("08:00", "08:59:30", EventKind::Sent).then("09:00", "09:00", high());
    assert_eq!(late.gist([with(steps(mails(1)), cap(1, 60_000))], "12:00"), ["w1 e2 09:00 finished: m1 09:00 cap"]);
}
