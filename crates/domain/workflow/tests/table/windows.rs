//! Triggers on a number of signals in a span of time (WF-T2).

use crate::scene::{Story, pricing, story};
use knock_model::{Millis, OLDEST_SIGNAL};
use knock_workflow::Workflow;
use serde_json::{Value, json};

/// The ids of the signals that enrol, with `count` in ten minutes; each is a time, or the time and that of its arrival.
fn fired(count: u32, signals: &[&str]) -> Vec<String> {
    let trigger = json!({"on": "signal", "category": "Pricing", "count": count, "within_ms": 600_000});
    let workflow = json!({"id": "w", "trigger": trigger, "again": "always", "steps": [{"id": "t", "do": "task"}]});
    let arrived = signals.iter().fold(Story::default(), |story, signal| {
        let (at, received) = signal.split_once(" > ").unwrap_or((signal, signal));
        story.then(at, received, pricing())
    });
    arrived.replay([workflow], "23:00").runs.into_iter().map(|run| run.cause).collect()
}

#[test]
fn the_window_ends_at_the_signal_and_holds_no_signal_at_its_beginning() {
    assert_eq!(fired(2, &["09:00", "09:09:59.999"]), ["e2"]);
    assert_eq!(fired(2, &["09:00", "09:10"]), [] as [&str; 0]);
    assert_eq!(fired(2, &["09:00", "09:00"]), ["e2"]);
    assert_eq!(fired(3, &["09:00", "09:05", "09:09"]), ["e3"]);
    assert_eq!(fired(1, &["09:00", "09:05", "09:30"]), ["e1"], "the signal before fills its own window");
}

#[test]
fn it_fires_again_only_after_a_signal_with_fewer_in_its_window() {
    assert_eq!(fired(2, &["09:00", "09:05", "09:09", "09:14", "09:23"]), ["e2"]);
    assert_eq!(fired(2, &["09:00", "09:05", "09:15", "09:20"]), ["e2", "e4"]);
}

#[test]
fn a_late_signal_counts_at_its_own_time() {
    assert_eq!(fired(2, &["09:00", "09:04 > 09:20", "09:25"]), ["e2"], "by its window, received in time");
    assert_eq!(
        fired(2, &["09:00", "09:12", "09:08 > 09:15", "09:20"]),
        ["e3"],
        "as the one before was when it arrived"
    );
    assert_eq!(fired(2, &["09:12", "09:00 > 09:13", "09:14"]), ["e3"], "later ones are not in its window");
}

#[test]
fn a_stale_signal_counts_but_enrols_no_lead() {
    let trigger = json!({"on": "signal", "count": 2, "within_ms": 7_200_000});
    let workflow = json!({"id": "w", "trigger": trigger, "again": "always", "steps": [{"id": "t", "do": "task"}]});
    let late = story([("09:00", pricing())]).then("09:10", "09:50", pricing()).then("09:55", "09:55", pricing());
    assert_eq!(late.gist([workflow.clone()], "12:00"), ["w e2 09:50: stale"], "the third finds two already");
    let first = story([]).then("09:10", "09:50", pricing()).then("09:55", "09:55", pricing());
    assert_eq!(first.gist([workflow], "12:00"), ["w1 e2 09:55 finished: t 09:55 done"]);
}

#[test]
fn without_a_span_all_signals_count() {
    let trigger = json!({"on": "signal", "count": 2});
    let workflow = json!({"id": "w", "trigger": trigger, "again": "always", "steps": [{"id": "t", "do": "task"}]});
    let far = story([("01-02 09:00", pricing()), ("09:00", pricing()), ("10:00", pricing())]);
    assert_eq!(far.gist([workflow], "12:00"), ["w1 e2 09:00 finished: t 09:00 done"]);
}

#[test]
fn signals_that_do_not_match_are_not_between() {
    let trigger = json!({"on": "signal", "category": "Docs", "count": 1, "within_ms": 600_000});
    let workflow = json!({"id": "w", "trigger": trigger, "again": "always", "steps": [{"id": "t", "do": "task"}]});
    let docs = || knock_workflow::EventKind::Signal {
        signal: knock_model::SignalType::PageView,
        category: knock_model::Category::Docs,
    };
    let mixed = story([("09:00", docs()), ("09:01", pricing()), ("09:02", docs())]);
    assert_eq!(mixed.gist([workflow], "12:00"), ["w1 e1 09:00 finished: t 09:00 done"]);
}

#[test]
fn a_trigger_says_how_far_back_the_signals_are_that_decide() {
    let looks_back = |trigger: Value| {
        let workflow = json!({"id": "w", "trigger": trigger, "steps": [{"id": "t", "do": "task"}]});
        let workflow: Workflow = serde_json::from_value(workflow).expect("a workflow");
        workflow.trigger.looks_back()
    };
    let counted = |count: u32| json!({"on": "signal", "count": count, "within_ms": 600_000});
    assert_eq!(looks_back(counted(2)), Some(Millis(1_200_000) + OLDEST_SIGNAL));
    assert_eq!(looks_back(counted(1)), Some(Millis(i64::MAX)), "the first one of all");
    assert_eq!(looks_back(json!({"on": "signal"})), None);
    assert_eq!(looks_back(json!({"on": "message"})), None);
}
