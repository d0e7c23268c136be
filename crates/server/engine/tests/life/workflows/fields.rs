//! Fields as triggers: a value from before a workflow was switched on is no change, and no workflow fires another one.

use crate::story::{Step, Story, rep};
use knock_engine::commands::{SaveTag, TagLead, Tagged};
use knock_model::{Millis, TagColor, TagId, WorkflowId};
use knock_ports::Tag;
use serde_json::{Value, json};

fn on(field: &str, to: &[&str]) -> Value {
    json!({
        "trigger": {"on": "field", "field": field, "to": to},
        "again": "always",
        "steps": [{"id": "post", "do": "slack"}],
    })
}

/// Chats of two visitors: one before, one after the workflow is switched on.
#[test]
fn a_status_from_before_fires_nothing_and_a_later_one_does() {
    let mut story = Story::begin();
    story.step(Step::Open { visitor: 0 });
    story.step(Step::Write { visitor: 0, text: 1 });
    story.waits(1);
    story.on_workflow(1, &on("chat.status", &["AI Discovery"]));
    story.on_workflow(2, &on("chat.status", &["Rejected"]));
    story.waits(1);
    story.step(Step::Write { visitor: 0, text: 1 });
    assert_eq!(story.runs_of(0).len(), 0);

    story.step(Step::Open { visitor: 1 });
    story.step(Step::Write { visitor: 1, text: 1 });
    assert_eq!(story.runs_of(1).len(), 1);

    story.waits(1);
    story.step(Step::Act { visitor: 0, action: 0 });
    let runs = story.runs_of(0);
    assert_eq!((runs.len(), runs[0].workflow.clone()), (1, WorkflowId::new([2; 16]).to_string()));
    story.waits(1);
    story.step(Step::Act { visitor: 0, action: 1 });
    story.waits(1);
    story.step(Step::Act { visitor: 0, action: 0 });
    let of = |workflow: u8| {
        let id = WorkflowId::new([workflow; 16]).to_string();
        story.runs_of(0).iter().filter(|run| run.workflow == id).count()
    };
    assert_eq!(of(2), 2, "rejected again after it was taken back");
}

#[test]
fn a_tag_of_a_workflow_is_known_and_fires_nothing() {
    let mut story = Story::begin();
    let vip = TagId::new([1; 16]);
    let tag = Tag { id: vip, name: "VIP".into(), color: TagColor::ALL[0] };
    story.change(SaveTag { tag, is_known: false });
    let is_vip = json!({"field": "tags", "op": "has_any", "value": ["vip"]});
    let definition = json!({
        "trigger": {"on": "signal", "category": "Pricing"},
        "steps": [{"id": "tag", "do": "tag"}, {"id": "wait", "wait_for": {"is": is_vip, "within_ms": 60_000}}],
    });
    story.on_workflow_with(1, &definition, &json!({"tag": {"do": "tag", "tag": vip}}));
    story.on_workflow(2, &on("tags", &["vip"]));

    story.waits(1);
    story.looks_at_pricing(0);
    let runs = story.runs_of(0);
    assert_eq!(runs.len(), 1, "its own tag fires nothing: {runs:?}");
    let outcomes: Vec<&str> = runs[0].log.iter().map(|entry| entry.outcome.as_str()).collect();
    assert_eq!(outcomes, ["done", "happened"], "but it ends a wait");

    let lead = story.lead_of(0).expect("a lead");
    for is_set in [false, true] {
        story.waits(1);
        let tagged = story.change(TagLead { lead, tag: vip, is_set, member: Some(rep()), now: story.now });
        assert_eq!(tagged, Tagged::Done);
    }
    let runs = story.runs_of(0);
    assert_eq!((runs.len(), runs[1].workflow.clone()), (2, WorkflowId::new([2; 16]).to_string()));
    assert!(runs[1].cause.starts_with("field:tags:") && runs[1].enrolled_at == story.now);
    assert_eq!(story.now, crate::story::START + Millis(3));
}
