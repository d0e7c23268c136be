//! The engine fed one event or timer at a time, as a server does.

use crate::scene::{at, field, high, low, message, on_high, pricing, steps, with, workflow};
use knock_model::Millis;
use knock_routing::LeadFields;
use knock_workflow::{
    Author, Change, Engine, Event, EventKind, Lead, Mailable, NudgeCount, Origin, RunKey, RunState, Standing, State,
    StoppedBy, Version, Versions, Workflow,
};
use serde_json::json;

fn event(number: u64, when: &str, kind: EventKind) -> Event {
    Event { id: format!("e{number}"), number, at: at(when), received_at: at(when), origin: Origin::Outside, kind }
}

fn engine(workflows: &[Workflow]) -> Engine<'_> {
    Engine::new(Versions::first(workflows), NudgeCount::Ready, State::default())
}

fn key(workflow: &str, number: u32) -> RunKey {
    RunKey { workflow: workflow.into(), number }
}

/// A word for each change.
fn words(changes: &[Change]) -> Vec<String> {
    let word = |change: &Change| match change {
        Change::Enrolled(run) => format!("enrolled {}", run.number),
        Change::Refused(refusal) => refusal.reason.as_str().to_owned(),
        Change::Logged(_, entry) => {
            format!("{} {}", entry.step, entry.outcome.reason().unwrap_or(entry.outcome.as_str()))
        }
        Change::Act(effect) => format!("act {} {}", effect.action.as_str(), effect.step),
        Change::StateChanged(_, RunState::Active(waiting)) => format!("waits at {}", waiting.step),
        Change::StateChanged(_, RunState::Finished) => "finished".to_owned(),
        Change::StateChanged(_, RunState::Stopped(by)) => format!("stopped {by:?}"),
    };
    changes.iter().map(word).collect()
}

#[test]
fn changes_come_in_the_order_in_which_they_are_made() {
    let workflows = [workflow(steps(json!([{"id": "a", "wait": {"for_ms": 60_000}}, {"id": "m", "do": "mail"}])))];
    let mut engine = engine(&workflows);
    assert_eq!(words(&engine.receive(&event(1, "09:00", high()))), ["enrolled 1", "waits at a"]);
    assert_eq!(engine.next_due(), Some(at("09:01")));
    assert_eq!(engine.advance(at("09:00:59.999")), []);
    assert_eq!(words(&engine.advance(at("09:01"))), ["a waited", "m done", "act mail m", "finished"]);
    assert_eq!((engine.next_due(), engine.advance(at("09:01"))), (None, Vec::new()));
    let again = engine.receive(&event(2, "09:02", low()));
    assert_eq!((words(&again), words(&engine.receive(&event(3, "09:03", high())))), (vec![], vec!["already".into()]));
}

#[test]
fn an_event_that_was_taken_is_taken_no_more() {
    let workflows = [workflow(steps(json!([{"id": "t", "do": "task"}])))];
    let mut engine = engine(&workflows);
    let first = event(5, "09:00", high());
    assert_eq!(words(&engine.receive(&first)), ["enrolled 1", "t done", "act task t", "finished"]);
    let before = engine.state().clone();
    assert_eq!(engine.receive(&first), []);
    assert_eq!(engine.receive(&event(4, "09:01", low())), []);
    assert_eq!(engine.state(), &before);
}

#[test]
fn overdue_timers_come_before_an_event_and_act_at_its_instant() {
    let stop = json!({"stop_when": [{"on": "message"}]});
    let definition = steps(
        json!([{"id": "a", "wait": {"for_ms": 60_000}}, {"id": "m", "do": "mail"}, {"id": "b", "wait": {"for_ms": 60_000}}]),
    );
    let workflows = [workflow(with(definition, stop))];
    let mut engine = engine(&workflows);
    engine.receive(&event(1, "09:00", high()));
    let changes = engine.receive(&event(2, "09:01:05", message(Author::Lead)));
    assert_eq!(words(&changes), ["a waited", "m done", "act mail m", "waits at b", "stopped Event(\"e2\")"]);
    let Change::Act(effect) = &changes[2] else { panic!("an action") };
    assert_eq!((effect.at, effect.visit), (at("09:01:05"), 1));
    let [.., entry] = engine.state().runs[0].log.as_slice() else { panic!("a log") };
    assert_eq!(entry.at, at("09:01:05"));
    assert_eq!(engine.state().runs[0].log[0].at, at("09:01"));
}

#[test]
fn facts_of_a_workflows_own_action_fire_no_trigger_but_are_known() {
    let on_vip = json!({"on": "field", "field": "tags", "to": ["vip"]});
    let is_vip = json!({"field": "tags", "op": "has_any", "value": ["vip"]});
    let waits = json!({"id": "x", "trigger": on_high(), "stop_when": [on_vip],
        "steps": [{"id": "e", "wait_for": {"event": on_vip, "within_ms": 60_000}}]});
    let known = json!({"id": "y", "trigger": on_high(),
        "steps": [{"id": "k", "wait_for": {"is": is_vip, "within_ms": 60_000}}]});
    let enrols = json!({"id": "z", "trigger": on_vip, "steps": [{"id": "t", "do": "task"}]});
    let workflows = [waits, known, enrols].map(workflow);
    let mut engine = engine(&workflows);
    engine.receive(&event(1, "09:00", high()));
    let own = Event { origin: Origin::Workflow, ..event(2, "09:00:10", field("tags", json!(["vip"]))) };
    assert_eq!(words(&engine.receive(&own)), ["k happened", "finished"]);
    let outside = event(3, "09:00:20", field("tags", json!([])));
    assert_eq!(engine.receive(&outside), []);
    let vip = engine.receive(&event(4, "09:00:30", field("tags", json!(["vip"]))));
    assert_eq!(words(&vip), ["stopped Event(\"e4\")", "enrolled 1", "t done", "act task t", "finished"]);
}

#[test]
fn spam_is_in_no_workflow() {
    let workflows =
        [workflow(with(steps(json!([{"id": "a", "wait": {"for_ms": 60_000}}])), json!({"again": "always"})))];
    let mut engine = engine(&workflows);
    engine.receive(&event(1, "09:00", high()));
    let spam = engine.receive(&event(2, "09:00:10", EventKind::Standing(Standing::Spam)));
    assert_eq!(words(&spam), ["stopped Spam"]);
    engine.receive(&event(3, "09:01", low()));
    assert_eq!(words(&engine.receive(&event(4, "09:02", high()))), ["spam"]);
    engine.receive(&event(5, "09:03", EventKind::Standing(Standing::Normal)));
    engine.receive(&event(6, "09:04", low()));
    assert_eq!(words(&engine.receive(&event(7, "09:05", high()))), ["enrolled 2", "waits at a"]);
}

#[test]
fn a_rejected_lead_is_enrolled_by_that_status_alone() {
    let task = json!([{"id": "t", "do": "task"}]);
    let on_status = json!({"on": "field", "field": "chat.status", "to": ["Closed", "Rejected"]});
    let workflows = [steps(task.clone()), json!({"id": "r", "trigger": on_status, "steps": task})].map(workflow);
    let mut engine = engine(&workflows);
    engine.receive(&event(1, "09:00", EventKind::Standing(Standing::Rejected)));
    assert_eq!(words(&engine.receive(&event(2, "09:00", high()))), ["rejected"]);
    let status = engine.receive(&event(3, "09:00", field("chat.status", json!("Rejected"))));
    assert_eq!(words(&status), ["enrolled 1", "t done", "act task t", "finished"]);
}

#[test]
fn a_mail_needs_an_address_and_no_unsubscription() {
    let mails = json!([{"id": "m", "do": "mail"}, {"id": "n", "do": "nudge"}]);
    let workflows = [workflow(with(steps(mails), json!({"again": "always"})))];
    for (mailable, expected) in [(Mailable::NoAddress, "m no_address"), (Mailable::Unsubscribed, "m unsubscribed")] {
        let mut engine = engine(&workflows);
        engine.receive(&event(1, "09:00", EventKind::Mailable(mailable)));
        let changes = words(&engine.receive(&event(2, "09:00", high())));
        assert_eq!(changes, ["enrolled 1", expected, "n done", "act nudge n", "finished"]);
        engine.receive(&event(3, "09:01", EventKind::Mailable(Mailable::Yes)));
        engine.receive(&event(4, "09:01", low()));
        assert_eq!(words(&engine.receive(&event(5, "09:02", high())))[1], "m done");
    }
}

#[test]
fn a_nudge_counts_for_caps_when_it_is_ready_or_shown() {
    let definition = with(
        steps(json!([{"id": "n", "do": "nudge"}, {"id": "a", "wait": {"for_ms": 60_000}}, {"id": "m", "do": "mail"}])),
        json!({"cap": {"actions": 1, "within_ms": 3_600_000}}),
    );
    let workflows = [workflow(definition)];
    let mail = |nudges: NudgeCount, is_shown: bool| {
        let mut engine = Engine::new(Versions::first(&workflows), nudges, State::default());
        engine.receive(&event(1, "09:00", high()));
        if is_shown {
            engine.receive(&event(2, "09:00:10", EventKind::Sent));
        }
        words(&engine.advance(at("09:01")))[1].clone()
    };
    assert_eq!(mail(NudgeCount::Ready, false), "m cap");
    assert_eq!(mail(NudgeCount::Shown, false), "m done");
    assert_eq!(mail(NudgeCount::Shown, true), "m cap");
}

#[test]
fn a_run_is_stopped_from_outside_once() {
    let workflows = [workflow(steps(json!([{"id": "a", "wait": {"for_ms": 60_000}}])))];
    let mut engine = engine(&workflows);
    engine.receive(&event(1, "09:00", high()));
    assert_eq!(engine.stop(&key("w", 2), StoppedBy::Merged), []);
    assert_eq!(engine.stop(&key("x", 1), StoppedBy::Merged), []);
    assert_eq!(words(&engine.stop(&key("w", 1), StoppedBy::Member("ann".into()))), ["stopped Member(\"ann\")"]);
    assert_eq!(engine.stop(&key("w", 1), StoppedBy::Merged), []);
    assert_eq!(engine.next_due(), None);
}

#[test]
fn runs_stay_on_their_version_and_new_ones_begin_on_the_current_one() {
    let [old, new] = [60_000, 120_000]
        .map(|span| workflow(steps(json!([{"id": "a", "wait": {"for_ms": span}}, {"id": "t", "do": "task"}]))));
    let mut state = State::default();
    let version = |number: u32, workflow| Version { number, workflow };
    let mut first = Engine::new(Versions { current: vec![version(1, &old)], former: vec![] }, NudgeCount::Ready, state);
    first.receive(&event(1, "09:00", high()));
    state = first.into_state();
    let both = Versions { current: vec![version(2, &new)], former: vec![version(1, &old)] };
    let mut second = Engine::new(both, NudgeCount::Ready, state.clone());
    assert_eq!(second.next_due(), Some(at("09:01")));
    assert_eq!(words(&second.advance(at("09:01"))), ["a waited", "t done", "act task t", "finished"]);
    let alone = Versions { current: vec![version(2, &new)], former: vec![] };
    let mut without = Engine::new(alone, NudgeCount::Ready, state);
    assert_eq!((without.next_due(), without.advance(at("10:00"))), (None, vec![]), "it rests without its version");
    without.receive(&event(2, "10:00", low()));
    assert_eq!(words(&without.receive(&event(3, "10:01", high()))), ["active"]);
    let spam = without.receive(&event(4, "10:02", EventKind::Standing(Standing::Spam)));
    assert_eq!(words(&spam), ["stopped Spam"], "of every workflow");
}

#[test]
fn a_lead_can_be_read_from_tables() {
    let trigger = json!({"on": "signal", "count": 2, "within_ms": 600_000});
    let workflows = [workflow(json!({"id": "w", "trigger": trigger, "steps": [{"id": "t", "do": "task"}]}))];
    let mut whole = engine(&workflows);
    whole.receive(&event(1, "08:00", pricing()));
    whole.receive(&event(7, "09:00", pricing()));
    let known = &whole.state().lead;
    let within = known.signals.iter().filter(|signal| signal.at > at("09:05") - Millis(600_000)).copied().collect();
    let lead = Lead { signals: within, last_event: 7, ..Lead::with(LeadFields::default()) };
    let mut read = Engine::new(Versions::first(&workflows), NudgeCount::Ready, State { lead, runs: vec![] });
    let next = event(8, "09:05", pricing());
    let changes = read.receive(&next);
    assert_eq!(words(&changes), ["enrolled 1", "t done", "act task t", "finished"]);
    assert_eq!(whole.receive(&next), changes);
}

#[test]
fn what_no_calendar_holds_is_never_due() {
    let until = json!([{"id": "u", "wait_until": {"time": "09:00", "zone": "UTC"}}]);
    let workflows = [workflow(steps(until))];
    let mut engine = engine(&workflows);
    let far = Millis(jiff::Timestamp::MAX.as_millisecond());
    let last = Event { received_at: far, ..event(1, "09:00", high()) };
    assert_eq!(words(&engine.receive(&last)), ["enrolled 1", "waits at u"]);
    assert_eq!(engine.next_due(), None);
}
