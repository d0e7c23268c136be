//! A workflow of tests.

use knock_json::parse_with_fractions;
use knock_model::{Millis, WorkflowId};
use knock_wire::{WorkflowCounts, WorkflowDetail, WorkflowDraft, WorkflowRow, WorkflowState};
use std::collections::BTreeMap;

/// The workflow with two leads inside, as it was saved in a version.
pub(crate) fn workflow(version: u32, state: WorkflowState) -> WorkflowDetail {
    let draft = workflow_draft();
    let row = WorkflowRow {
        id: WorkflowId::new([6; 16]),
        name: draft.name.clone(),
        state,
        version,
        saved_at: Millis(1_795_163_907_123),
        saved_by: Some("Ann".to_owned()),
        counts: WorkflowCounts { enrolled: 5, active: 2, finished: 3, ..WorkflowCounts::default() },
    };
    WorkflowDetail { row, draft, steps: BTreeMap::new() }
}

/// A nudge for visitors of Pricing, then one of two ways.
pub(crate) fn workflow_draft() -> WorkflowDraft {
    let text = r#"{
        "name": "Pricing without a chat",
        "definition": {
            "id": "workflow",
            "enabled": true,
            "trigger": {"on": "signal", "signal": "page_view", "category": "Pricing", "count": 2, "within_ms": 86400000},
            "when": {"all": [{"field": "email.is_free", "op": "eq", "value": false}]},
            "again": {"after_ms": 604800000},
            "stop_when": [{"on": "message", "by": "lead"}],
            "steps": [
                {"id": "s1", "do": "nudge"},
                {
                    "id": "s2",
                    "branch": {"all": [{"field": "intent.score", "op": "eq", "value": "High"}]},
                    "then": [{"id": "s3", "wait": {"for_ms": 7200000}}],
                    "else": [{"id": "s4", "stop": true}]
                }
            ]
        },
        "contents": {
            "s1": {
                "do": "nudge",
                "text": {"en": "Hi {{first_name|there}}, questions about prices?"},
                "buttons": [{"label": {"en": "Ask us"}, "opens": "chat"}]
            }
        }
    }"#;
    parse_with_fractions(text).expect("a draft")
}
