//! Nudges that no page has shown when their reason is gone.

use crate::story::{Step, Story};
use knock_model::Millis;
use knock_ports::Nudge;
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
