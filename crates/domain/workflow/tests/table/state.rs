//! The state of an engine in JSON.

use crate::scene::{at, field, high, message, pricing, steps, with, workflow};
use knock_workflow::{Author, Engine, Event, EventKind, NudgeCount, Origin, State, Versions};
use serde_json::json;

#[test]
fn a_stored_state_goes_on_as_one_that_was_kept() {
    let definition = with(
        steps(json!([
            {"id": "n", "do": "nudge"},
            {"id": "f", "wait_for": {"event": {"on": "signal", "count": 2, "within_ms": 600_000}, "within_ms": 3_600_000},
                "then": [{"id": "m", "do": "mail"}, {"id": "a", "wait": {"for_ms": 60_000}}, {"id": "s", "stop": true}]},
        ])),
        json!({"quiet": {"from": "09:10", "to": "09:20", "zone": "UTC"}, "cap": {"actions": 5, "within_ms": 60_000}}),
    );
    let workflows = [workflow(definition)];
    let kinds = [
        ("08:59", message(Author::Rep)),
        ("09:00", field("custom.sizes", json!([1.5, true, "x"]))),
        ("09:05", EventKind::Sent),
        ("09:06", high()),
        ("09:12", pricing()),
        ("09:13", pricing()),
        ("09:25", high()),
        ("09:27", high()),
    ];
    let mut kept = Engine::new(Versions::first(&workflows), NudgeCount::Ready, State::default());
    let mut stored = String::from("{\"lead\":");
    stored += &serde_json::to_string(&State::default().lead).expect("JSON");
    stored += ",\"runs\":[]}";
    for (number, (when, kind)) in (1..).zip(kinds) {
        let (id, received_at) = (format!("e{number}"), at(when));
        let event = Event { id, number, at: received_at, received_at, origin: Origin::Outside, kind };
        let state: State = serde_json::from_str(&stored).expect("a state");
        assert_eq!(&state, kept.state());
        let mut read = Engine::new(Versions::first(&workflows), NudgeCount::Ready, state);
        assert_eq!(read.receive(&event), kept.receive(&event));
        stored = serde_json::to_string(&read.into_state()).expect("JSON");
    }
    let log = serde_json::to_value(&kept.state().runs[0].log).expect("JSON");
    let words: Vec<String> = log.as_array().expect("a log").iter().map(|entry| entry["outcome"].to_string()).collect();
    let until = at("09:20").0;
    let expected = [
        "{\"skipped\":\"human\"}",
        "\"happened\"",
        &format!("{{\"deferred\":{{\"until\":{until}}}}}"),
        "\"done\"",
        "\"waited\"",
        "\"stopped\"",
    ];
    assert_eq!(words, expected);
}
