//! Actions to the lead and to the team (WF-A1..WF-A3, WF-L2).

use crate::scene::{denied, high, message, steps, story, with};
use knock_workflow::{Action, Audience, Author, Change, EventKind};
use serde_json::{Value, json};

fn every_action() -> Value {
    let steps = Action::ALL.iter().map(|action| json!({"id": action.as_str(), "do": action.as_str()}));
    steps.collect()
}

/// What became of each action, in order.
fn outcomes(story: &crate::scene::Story, more: Value) -> Vec<(&'static str, &'static str)> {
    let replay = story.replay([with(steps(every_action()), more)], "09:00");
    let log = &replay.runs[0].log;
    let name = |id: &str| Action::parse(id).expect("an action").as_str();
    log.iter().map(|entry| (name(&entry.step), entry.outcome.reason().unwrap_or(entry.outcome.as_str()))).collect()
}

#[test]
fn an_action_is_done_once_and_handed_out_once() {
    let replay = story([("09:00", high())]).replay([steps(every_action())], "12:00");
    let effects = replay.changes.iter().filter_map(|change| match change {
        Change::Act(effect) => Some((effect.action, effect.visit, effect.run.clone())),
        _ => None,
    });
    let expected = Action::ALL.iter().map(|action| (*action, 1, replay.runs[0].key()));
    assert!(effects.eq(expected));
    assert_eq!(Action::ALL.iter().filter(|action| action.audience() == Audience::Lead).count(), 3);
}

#[test]
fn consent_bars_all_actions_to_the_lead_and_none_to_the_team() {
    let waits = with(
        steps(json!([{"id": "a", "wait": {"for_ms": 60_000}}, {"id": "m", "do": "mail"}, {"id": "t", "do": "task"}])),
        json!({}),
    );
    let run = story([("09:00", high()), ("09:00:30", denied())]);
    assert_eq!(
        run.gist([waits.clone()], "12:00"),
        ["w1 e1 09:00 finished: a 09:01 waited, m 09:01 consent, t 09:01 done"]
    );
    let granted = EventKind::Consent(knock_workflow::Consent::Granted);
    let back = story([("09:00", high()), ("09:00:30", denied()), ("09:01", granted)]);
    assert_eq!(back.gist([waits], "12:00"), ["w1 e1 09:00 finished: a 09:01 waited, m 09:01 done, t 09:01 done"]);
}

#[test]
fn a_rep_who_has_just_written_is_not_disturbed() {
    let after =
        |at: &str, by: Author| outcomes(&story([(at, message(by)), ("09:00", high())]), json!({}))[..3].to_vec();
    let skipped = [("nudge", "human"), ("message", "human"), ("mail", "done")];
    let done = [("nudge", "done"), ("message", "done"), ("mail", "done")];
    assert_eq!(after("08:30:00.001", Author::Rep), skipped);
    assert_eq!(after("08:30", Author::Rep), done);
    assert_eq!(after("09:00", Author::Rep), skipped);
    assert_eq!(after("08:59", Author::Agent), done);
    assert_eq!(after("08:59", Author::Lead), done);
    let late = story([]).then("08:00", "08:50", message(Author::Rep)).then("09:00", "09:00", high());
    assert_eq!(outcomes(&late, json!({}))[..3], skipped, "a message counts from its arrival");
}

#[test]
fn quiet_hours_defer_actions_to_the_lead_alone() {
    let quiet = json!({"quiet": {"from": "08:00", "to": "18:00", "zone": "UTC"}});
    assert_eq!(outcomes(&story([("09:00", high())]), quiet.clone()), [("nudge", "quiet")]);
    let team =
        with(steps(json!([{"id": "t", "do": "slack"}, {"id": "m", "do": "mail"}, {"id": "u", "do": "tag"}])), quiet);
    assert_eq!(
        story([("09:00", high())]).gist([team], "20:00"),
        ["w1 e1 09:00 finished: t 09:00 done, m 09:00 quiet until 18:00, m 18:00 done, u 18:00 done"]
    );
}

#[test]
fn a_deferred_action_is_tried_anew() {
    let quiet = json!({"quiet": {"from": "08:00", "to": "18:00", "zone": "UTC"}});
    let nudge = || with(steps(json!([{"id": "n", "do": "nudge"}])), quiet.clone());
    let then = |at: &str, kind: EventKind| story([("09:00", high()), (at, kind)]).gist([nudge()], "20:00");
    let line = |end: &str| [format!("w1 e1 09:00 finished: n 09:00 quiet until 18:00, n 18:00 {end}")];
    assert_eq!(then("17:00", message(Author::Rep)), line("done"));
    assert_eq!(then("17:31", message(Author::Rep)), line("human"));
    assert_eq!(then("17:00", denied()), line("consent"));
    assert_eq!(then("18:00", denied()), line("consent"));
}

#[test]
fn skipping_comes_before_deferring() {
    let quiet =
        json!({"quiet": {"from": "08:00", "to": "18:00", "zone": "UTC"}, "cap": {"actions": 0, "within_ms": 1}});
    let nudge = with(steps(json!([{"id": "n", "do": "nudge"}, {"id": "m", "do": "mail"}])), quiet);
    let run = story([("09:00", message(Author::Rep)), ("09:00", high())]);
    assert_eq!(
        run.gist([nudge], "20:00"),
        ["w1 e2 09:00 finished: n 09:00 human, m 09:00 quiet until 18:00, m 18:00 cap"],
        "the cap is asked last"
    );
}
