//! Steps, conditions and triggers of a workflow are found with their places.

use knock_workflow::Workflow;
use serde_json::json;

#[test]
fn every_part_has_its_place() {
    let is_high = json!({"field": "intent.score", "op": "eq", "value": "High"});
    let workflow: Workflow = serde_json::from_value(json!({
        "trigger": {"on": "link"},
        "when": is_high,
        "stop_when": [{"on": "message"}],
        "steps": [
            {"id": "a", "wait_for": {"event": {"on": "form"}, "within_ms": 1}, "then": [{"id": "b", "stop": true}], "else": []},
            {"id": "c", "branch": is_high, "then": [], "else": [
                {"id": "d", "wait_for": {"is": is_high, "within_ms": 1}, "then": [], "else": []},
            ]},
        ],
    }))
    .expect("a workflow");
    let steps: Vec<_> = workflow.all_steps().into_iter().map(|(place, step)| format!("{place} {}", step.id)).collect();
    assert_eq!(steps, ["steps[0] a", "steps[0].then[0] b", "steps[1] c", "steps[1].else[0] d"]);
    let conditions: Vec<_> = workflow.conditions().into_iter().map(|(place, _)| place).collect();
    assert_eq!(conditions, ["when", "steps[1].branch", "steps[1].else[0].wait_for.is"]);
    let triggers: Vec<_> = workflow.triggers().into_iter().map(|(place, _)| place).collect();
    assert_eq!(triggers, ["trigger", "stop_when[0]", "steps[0].wait_for.event"]);
}
