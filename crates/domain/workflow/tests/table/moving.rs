//! Runs that go on in a new version of their workflow.

use crate::scene::{at, field, high, low, steps, text, with, workflow};
use knock_workflow::{
    Change, Engine, Event, EventKind, NudgeCount, Origin, RunKey, RunState, State, Version, Versions, Workflow,
};
use serde_json::{Value, json};

fn event(number: u64, when: &str, kind: EventKind) -> Event {
    Event { id: format!("e{number}"), number, at: at(when), received_at: at(when), origin: Origin::Outside, kind }
}

fn key() -> RunKey {
    RunKey { workflow: "w".into(), number: 1 }
}

/// An engine with an old version, on which runs are, and a new one.
fn engine<'w>(old: &'w Workflow, new: &'w Workflow, state: State) -> Engine<'w> {
    let version = |number, workflow| Version { number, workflow };
    Engine::new(Versions { current: vec![version(2, new)], former: vec![version(1, old)] }, NudgeCount::Ready, state)
}

/// A run that began at 09:00 in the old version is moved at 10:00: what that changed, and where it is then.
fn moved(old: Value, new: Value) -> (Vec<String>, String) {
    let (old, new) = (workflow(old), workflow(new));
    let mut begun = Engine::new(
        Versions { current: vec![Version { number: 1, workflow: &old }], former: vec![] },
        NudgeCount::Ready,
        State::default(),
    );
    begun.receive(&event(1, "09:00", high()));
    let mut engine = engine(&old, &new, begun.into_state());
    let changes = engine.move_to(&key(), 2, at("10:00"));
    let words = changes.iter().filter_map(|change| match change {
        Change::Logged(_, entry) => Some(format!("{} {}", entry.step, entry.outcome.as_str())),
        Change::Act(_) | Change::StateChanged(..) | Change::Enrolled(_) | Change::Refused(_) => None,
    });
    let run = &engine.state().runs[0];
    let place = match &run.state {
        RunState::Active(waiting) => format!("{} until {}", waiting.step, text(waiting.due_at)),
        RunState::Finished => "finished".to_owned(),
        RunState::Stopped(by) => format!("stopped {by:?}"),
    };
    (words.collect(), format!("{} {place}", run.version))
}

fn hours(id: &str, hours: i64) -> Value {
    json!({"id": id, "wait": {"for_ms": hours * 3_600_000}})
}

fn task(id: &str) -> Value {
    json!({"id": id, "do": "task"})
}

#[test]
fn a_run_stays_at_its_step_and_is_due_as_the_new_version_says() {
    let old = || steps(json!([hours("a", 5), task("t")]));
    let high = json!({"field": "intent.score", "op": "eq", "value": "High"});
    let cases = [
        (json!([hours("a", 5), task("t")]), vec![], "2 a until 14:00"),
        (json!([hours("a", 2), task("t")]), vec![], "2 a until 11:00"),
        // Its time was up before the change: the timer is due at once, and is logged at its own instant.
        (json!([task("u"), json!({"id": "a", "wait": {"for_ms": 60_000}}), task("t")]), vec![], "2 a until 09:01"),
        (json!([json!({"id": "a", "wait_until": {"time": "09:30", "zone": "UTC"}})]), vec![], "2 a until 09:30"),
        (
            json!([{"id": "a", "wait_for": {"event": {"on": "message"}, "within_ms": 7_200_000}}]),
            vec![],
            "2 a until 11:00",
        ),
        (
            json!([{"id": "a", "wait_for": {"is": high, "within_ms": 7_200_000}, "then": [hours("b", 1)]}]),
            vec!["a happened"],
            "2 b until 11:00",
        ),
        (json!([task("a"), hours("b", 1)]), vec!["a done"], "2 b until 11:00"),
        (json!([{"id": "a", "stop": true}]), vec!["a stopped"], "2 stopped Step(\"a\")"),
    ];
    for (new, words, place) in cases {
        let words = words.into_iter().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(moved(old(), steps(new.clone())), (words, place.to_owned()), "{new}");
    }
}

#[test]
fn a_run_at_a_step_that_is_gone_goes_to_the_step_behind_it() {
    let inner = json!({"id": "x", "wait_for": {"is": {"field": "tags", "op": "has_any", "value": ["vip"]},
        "within_ms": 7_200_000}, "then": [task("then")], "else": [task("else")]});
    let branch = json!({"id": "b", "branch": {"field": "intent.score", "op": "eq", "value": "High"},
        "then": [inner, hours("y", 1)], "else": [task("other")]});
    let old = || steps(json!([branch, hours("c", 1), task("d"), hours("e", 1)]));
    let cases = [
        // Its own branches are not behind it; the rest of the branch that it lies in is.
        (json!([task("then"), hours("y", 3), hours("c", 1)]), vec![], "2 y until 13:00"),
        (json!([task("then"), task("else"), hours("c", 4)]), vec![], "2 c until 14:00"),
        (json!([hours("e", 1), task("d"), hours("z", 2)]), vec!["d done"], "2 z until 12:00"),
        (json!([task("then"), task("other"), hours("z", 1)]), vec![], "2 finished"),
    ];
    for (new, words, place) in cases {
        let words = words.into_iter().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(moved(old(), steps(new.clone())), (words, place.to_owned()), "{new}");
    }
}

#[test]
fn a_deferred_action_waits_for_the_end_of_its_quiet_time() {
    let quiet = json!({"quiet": {"from": "08:00", "to": "12:00", "zone": "UTC"}});
    let mail = || steps(json!([{"id": "m", "do": "mail"}]));
    assert_eq!(moved(with(mail(), quiet), mail()), (vec![], "2 m until 12:00".to_owned()));
}

#[test]
fn only_an_active_run_is_moved_once_and_to_a_version_that_is_there() {
    let [old, new] = [5, 2].map(|span| workflow(steps(json!([hours("a", span)]))));
    let mut begun = engine(&old, &old, State::default());
    begun.receive(&event(1, "09:00", high()));
    let state = begun.into_state();
    let mut engine = engine(&old, &new, State { runs: vec![], ..state.clone() });
    assert_eq!(engine.move_to(&key(), 2, at("10:00")), []);
    let versions = Versions { current: vec![Version { number: 3, workflow: &new }], former: vec![] };
    let mut engine = Engine::new(versions, NudgeCount::Ready, state.clone());
    assert_eq!(engine.move_to(&key(), 2, at("10:00")), [], "there is no such version");
    let changes = engine.move_to(&key(), 3, at("10:00"));
    assert!(matches!(changes.as_slice(), [Change::StateChanged(_, RunState::Active(_))]), "{changes:?}");
    assert_eq!(engine.state().next_due(), Some(at("11:00")));
    assert_eq!(engine.move_to(&key(), 3, at("10:00")), [], "it is there already");
    engine.advance(at("11:00"));
    assert_eq!(engine.state().next_due(), None);
    assert_eq!(engine.move_to(&key(), 3, at("11:00")), [], "it has ended");
}

#[test]
fn a_moved_run_reacts_as_its_new_version_says() {
    let stop = json!({"stop_when": [{"on": "field", "field": "intent.score", "to": ["Low"]}]});
    let old = workflow(steps(json!([hours("a", 5)])));
    let new = workflow(with(steps(json!([hours("a", 5)])), stop));
    let version = |number, workflow| Version { number, workflow };
    let first = Versions { current: vec![version(1, &old)], former: vec![] };
    let mut begun = Engine::new(first, NudgeCount::Ready, State::default());
    begun.receive(&event(1, "09:00", high()));
    begun.receive(&event(2, "09:10", field("tags", json!(["vip"]))));
    let mut engine = engine(&old, &new, begun.into_state());
    engine.move_to(&key(), 2, at("10:00"));
    let changes = engine.receive(&event(3, "10:01", low()));
    assert!(matches!(changes.as_slice(), [Change::StateChanged(_, RunState::Stopped(_))]), "{changes:?}");
}
