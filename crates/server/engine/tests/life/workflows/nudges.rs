//! Nudges that no page has shown when their reason is gone.

use super::MINUTE;
use super::inside::timer;
use crate::story::{Step, Story, rep, visitor};
use knock_engine::Presenter;
use knock_engine::commands::{ContactsMerged, MergeContacts, NoteNudge};
use knock_model::{Category, Millis, SignalType, SiteId};
use knock_ports::Nudge;
use knock_wire::NudgeDeed;
use serde_json::{Value, json};

/// A visitor with a chat gets a nudge at a view of Pricing.
fn nudged(rest: &Value) -> Story {
    let mut story = Story::begin();
    let mut definition = json!({
        "trigger": {"on": "signal", "category": "Pricing"},
        "steps": [{"id": "bubble", "do": "nudge"}],
    });
    definition["steps"].as_array_mut().expect("steps").push(rest.clone());
    story.on_workflow_with(1, &definition, &json!({"bubble": {"do": "nudge", "text": {"en": "Hello"}}}));
    story.step(Step::Open { visitor: 0 });
    story.step(Step::Write { visitor: 0, text: 0 });
    story.looks_at_pricing(0);
    assert_eq!(nudges(&story).len(), 1);
    story.waits(1);
    story
}

fn nudges(story: &Story) -> Vec<Nudge> {
    let lead = story.lead_of(0).expect("a lead");
    story.view(|view| view.nudges_of(lead))
}

#[test]
fn a_lead_who_writes_sees_no_nudge() {
    let mut story = nudged(&json!({"id": "wait", "wait": {"for_ms": 60_000}}));
    story.step(Step::Write { visitor: 0, text: 0 });
    let nudge = nudges(&story).remove(0);
    assert_eq!(nudge.withdrawn_at, Some(story.now));
    assert_eq!(nudge.expires_at, nudge.ready_at + Millis(30 * Millis::MINUTE.0));
    assert!(story.runs_of(0)[0].is_active(), "it goes on");
}

#[test]
fn a_run_that_is_stopped_takes_its_nudge_back_and_one_at_its_end_does_not() {
    let mut story = nudged(&json!({"id": "wait", "wait": {"for_ms": 60_000}}));
    story.step(Step::Act { visitor: 0, action: 2 });
    assert_eq!(nudges(&story)[0].withdrawn_at, Some(story.now));

    let story = nudged(&json!({"id": "end", "stop": true}));
    assert!(!story.runs_of(0)[0].is_active());
    assert!(nudges(&story)[0].is_open(story.now));
}

/// The steps that the record of the lead shows, each with its outcome and the reason.
fn log(story: &Story) -> Vec<(String, String, String)> {
    let lead = story.lead_of(0).expect("a lead");
    let known = story.view(|view| Presenter::new(view, story.now)?.lead_workflows(lead)).expect("a record");
    let entries = known.workflows[0].runs[0].log.clone().into_iter();
    entries.map(|entry| (entry.step, entry.outcome, entry.reason)).collect()
}

#[test]
fn one_that_no_page_shows_in_time_is_withdrawn_when_it_expires() {
    let mut story = nudged(&json!({"id": "wait", "wait": {"for_ms": 40 * MINUTE}}));
    let expires_at = nudges(&story)[0].expires_at;
    assert_eq!(timer(&story, 0), Some(expires_at), "before the step");
    story.waits(30 * MINUTE - 2);
    assert_eq!((story.now + Millis(1), nudges(&story)[0].withdrawn_at), (expires_at, None));
    story.waits(1);
    assert_eq!(nudges(&story)[0].withdrawn_at, Some(expires_at));
    assert_eq!(timer(&story, 0), Some(expires_at + Millis(10 * MINUTE)));
    let done = ("bubble".to_owned(), "done".to_owned(), "not_shown".to_owned());
    assert_eq!(log(&story), [done]);
    assert_eq!(story.rebuild().chats.changed, 0);
}

#[test]
fn one_that_is_late_to_be_withdrawn_was_withdrawn_in_time() {
    let mut story = nudged(&json!({"id": "end", "stop": true}));
    story.restart();
    story.waits(7 * Millis::DAY.0);
    let nudge = nudges(&story).remove(0);
    assert_eq!((nudge.withdrawn_at, timer(&story, 0)), (Some(nudge.expires_at), None));
}

#[test]
fn one_that_was_shown_does_not_expire() {
    let mut story = nudged(&json!({"id": "end", "stop": true}));
    let (id, now, url) = (nudges(&story)[0].id, story.now, String::new());
    let note = NoteNudge { id, site: SiteId(1), visitor: visitor(0), what: NudgeDeed::Shown, url, now };
    assert!(story.commit(note));
    assert_eq!(timer(&story, 0), None);
    story.waits(Millis::DAY.0);
    assert!(nudges(&story)[0].is_open(story.now));
    assert_eq!(log(&story)[0].2, "");
}

/// The older run takes the number of one that has shown its nudge already.
#[test]
fn leads_that_are_merged_get_the_nudges_of_both_runs() {
    let mut story = Story::begin();
    let bubble = json!({"id": "bubble", "do": "nudge"});
    let form = json!({"event": {"on": "form"}, "within_ms": 60 * MINUTE});
    let definition = json!({
        "trigger": {"on": "signal", "signal": "page_view"},
        "steps": [{"id": "form", "wait_for": form, "then": [bubble]}],
    });
    story.on_workflow_with(1, &definition, &json!({"bubble": {"do": "nudge", "text": {"en": "Hello"}}}));
    for visitor in [1, 0] {
        story.step(Step::Open { visitor });
        story.looks_at_pricing(visitor);
        story.waits(1);
    }
    story.sends(0, SignalType::FormSubmit, Category::Pricing, 0);
    assert_eq!(nudges(&story).len(), 1);

    let [stays, goes] = [0, 1].map(|visitor| story.lead_of(visitor).expect("a lead"));
    let (id, fresh, now) = (story.signal_id(), story.fresh().account, story.now);
    let merged = story.change(MergeContacts { stays, goes, id, member: Some(rep()), now, fresh });
    assert_eq!(merged, ContactsMerged::Merged(stays));
    story.waits(1);
    story.sends(0, SignalType::FormSubmit, Category::Pricing, 0);
    let of_runs: Vec<u32> = nudges(&story).iter().map(|nudge| nudge.run.number).collect();
    assert_eq!(of_runs, [2, 1]);
}
