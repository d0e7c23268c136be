//! Leads inside a workflow that is changed or switched off.

use super::{MINUTE, outcomes};
use crate::story::{START, Step, Story};
use knock_engine::commands::{ChangeWorkflow, SaveTag, SetWorkflowState, WorkflowChanged};
use knock_model::{Millis, TagColor, TagId, WorkflowId};
use knock_ports::{StoredWorkflow, Subject, Tag};
use knock_wire::{Inside, WorkflowState};
use knock_workflow::{Outcome, RunState, StoppedBy};
use serde_json::{Value, json};

fn waits_for(ms: i64) -> Value {
    json!({
        "trigger": {"on": "signal", "category": "Pricing"},
        "again": "always",
        "steps": [{"id": "wait", "wait": {"for_ms": ms}}, {"id": "post", "do": "slack"}],
    })
}

/// Two leads inside.
fn begin() -> (Story, WorkflowId) {
    let mut story = Story::begin();
    let id = story.on_workflow(1, &waits_for(MINUTE));
    for visitor in [0, 1] {
        story.step(Step::Open { visitor });
        story.looks_at_pricing(visitor);
    }
    (story, id)
}

/// The next timer of a visitor's runs.
pub(super) fn timer(story: &Story, visitor: u8) -> Option<Millis> {
    let lead = story.lead_of(visitor).expect("a lead");
    let timers = story.view(|view| view.due_timers(START + Millis::days(30), 100));
    timers.iter().find(|timer| timer.subject == Subject::Workflow(lead)).map(|timer| timer.due_at)
}

#[test]
fn leads_go_on_in_the_new_version_with_its_times() {
    let (mut story, id) = begin();
    let workflow = StoredWorkflow { id, position: 1, state: WorkflowState::On, version: 2 };
    let draft = story.version(workflow, &waits_for(5 * MINUTE), &json!({})).draft;
    let change = ChangeWorkflow { id, draft, inside: None, by: None, now: story.now };
    assert_eq!(story.change(change.clone()), WorkflowChanged::LeadsInside(2));
    assert_eq!(story.change(ChangeWorkflow { inside: Some(Inside::Move), ..change }), WorkflowChanged::Saved(2));
    for visitor in [0, 1] {
        let run = story.runs_of(visitor).remove(0);
        assert_eq!((run.version, timer(&story, visitor)), (2, Some(START + Millis(5 * MINUTE))));
    }
    story.waits(5 * MINUTE);
    let run = story.runs_of(1).remove(0);
    assert_eq!(outcomes(&run), vec![("wait", Outcome::Waited), ("post", Outcome::Done)]);
}

#[test]
fn what_was_due_before_is_done_as_the_old_version_says() {
    let mut story = Story::begin();
    let vip = TagId::new([1; 16]);
    let tag = Tag { id: vip, name: "VIP".into(), color: TagColor::ALL[0] };
    story.change(SaveTag { tag, is_known: false });
    let waits = |id: &str| json!({"id": id, "wait": {"for_ms": MINUTE}});
    let with = |steps: Value| json!({"trigger": {"on": "signal", "category": "Pricing"}, "steps": steps});
    let old = with(json!([waits("first"), {"id": "tag", "do": "tag"}, waits("last")]));
    let id = story.on_workflow_with(1, &old, &json!({"tag": {"do": "tag", "tag": vip}}));
    story.step(Step::Open { visitor: 0 });
    story.looks_at_pricing(0);
    story.step(Step::Wait { ms: MINUTE + 1, is_fired: false });

    let workflow = StoredWorkflow { id, position: 1, state: WorkflowState::On, version: 2 };
    let draft = story.version(workflow, &with(json!([waits("first"), waits("last")])), &json!({})).draft;
    let change = ChangeWorkflow { id, draft, inside: Some(Inside::Move), by: None, now: story.now };
    assert_eq!(story.change(change), WorkflowChanged::Saved(2));
    let run = story.runs_of(0).remove(0);
    assert_eq!((run.version, outcomes(&run)), (2, vec![("first", Outcome::Waited), ("tag", Outcome::Done)]));
    let lead = story.lead_of(0).expect("a lead");
    let (failed, tags) = story.view(|view| Ok((view.failed_effects(lead)?, view.tags_of(lead)?)));
    assert_eq!((failed, tags.len()), (vec![], 1));
}

#[test]
fn leads_are_stopped_when_it_is_switched_off_so() {
    let (mut story, id) = begin();
    let off = SetWorkflowState { id, enabled: false, inside: Some(Inside::Stop), by: None, now: story.now };
    assert!(story.change(off));
    for visitor in [0, 1] {
        let run = story.runs_of(visitor).remove(0);
        assert_eq!(run.state, RunState::Stopped(StoppedBy::Member(String::new())));
        assert_eq!((timer(&story, visitor), run.log.len()), (None, 0));
    }
    story.waits(MINUTE);
    assert_eq!(outcomes(&story.runs_of(0)[0]), vec![]);
}
