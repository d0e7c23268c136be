//! Workflows: drafts, versions, runs, the dry run, and what the API asks about them.

use crate::Shape;
use crate::made::{AT, contact_ref, lead};
use knock_model::{IntentType, Millis, RepId, TagId, WebhookId, WorkflowId};
use knock_wire::{
    DryRun, DryRunAction, DryRunAsk, DryRunLead, DryRunRefused, Inside, LeadWorkflow, LeadWorkflows, NudgeButton,
    NudgeCounts, NudgeOpens, RunEntry, RunList, RunRow, RunWaits, StepContent, StepCounts, Texts, WorkflowChange,
    WorkflowCounts, WorkflowDetail, WorkflowDraft, WorkflowList, WorkflowPosition, WorkflowRestore, WorkflowRow,
    WorkflowRunStop, WorkflowSettings, WorkflowState, WorkflowStateChange, WorkflowTemplate, WorkflowTemplates,
    WorkflowTestMail, WorkflowVersion, WorkflowVersions, WorkflowWebhook, WorkflowWebhooks,
};
use knock_workflow::Workflow;
use serde_json::json;
use std::collections::BTreeMap;

pub(crate) fn shapes() -> Vec<Shape> {
    let version =
        WorkflowVersion { version: 2, saved_at: AT, saved_by: name("Ann Example"), active: 3, draft: draft() };
    let list = WorkflowList { workflows: vec![row()], settings: settings() };
    let detail = WorkflowDetail { row: row(), draft: draft(), steps: steps() };
    let change = WorkflowChange { draft: draft(), inside: Some(Inside::Move) };
    let template = WorkflowTemplate {
        key: "pricing-no-chat".to_owned(),
        summary: "A visitor who looked at Pricing twice sees a bubble.".to_owned(),
        draft: draft(),
    };
    let webhook = WorkflowWebhook { id: WebhookId::new([8; 16]), name: "hooks.acme.example (2)".to_owned() };
    let webhooks = WorkflowWebhooks { webhooks: vec![webhook] };
    let mail = WorkflowTestMail { draft: draft(), step: "s5".to_owned(), language: name("de") };
    let of_lead = LeadWorkflow {
        id: id(),
        name: "Pricing viewers".to_owned(),
        runs: vec![run()],
        refused: "already".to_owned(),
        refused_at: Some(AT),
    };
    vec![
        Shape::of("workflow_draft", &every_action()),
        Shape::of("workflow_change", &change),
        Shape::of("workflow_state_change", &WorkflowStateChange { enabled: false, inside: Some(Inside::Stop) }),
        Shape::of("workflow_position", &WorkflowPosition { position: 1 }),
        Shape::of("workflow_restore", &WorkflowRestore { inside: Some(Inside::Finish) }),
        Shape::of("workflow_run_stop", &WorkflowRunStop { lead: lead() }),
        Shape::of("workflow_test_mail", &mail),
        Shape::of("workflow_list", &list),
        Shape::of("workflow_detail", &detail),
        Shape::of("workflow_versions", &WorkflowVersions { versions: vec![version] }),
        Shape::of("workflow_templates", &WorkflowTemplates { templates: vec![template] }),
        Shape::of("workflow_webhooks", &webhooks),
        Shape::of("workflow_settings", &settings()),
        Shape::of(
            "run_list",
            &RunList { runs: vec![run()], next: name("1795163907123.04040404-0404-4404-8404-040404040404") },
        ),
        Shape::of("lead_workflows", &LeadWorkflows { workflows: vec![of_lead] }),
        Shape::of(
            "dry_run_ask",
            &DryRunAsk { draft: draft(), workflow: Some(id()), days: Some(30), lead: Some(lead()) },
        ),
        Shape::of("dry_run", &dry_run()),
    ]
}

fn id() -> WorkflowId {
    WorkflowId::new([7; 16])
}

fn name(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn texts(english: &str, german: &str) -> Texts {
    [("en", english), ("de", german)].map(|(code, text)| (code.to_owned(), text.to_owned())).into()
}

fn definition() -> Workflow {
    serde_json::from_value(json!({
        "id": id(),
        "trigger": {"on": "signal", "signal": "page_view", "category": "Pricing", "count": 2, "within_ms": 604_800_000},
        "when": {"field": "chat.status", "op": "is_not_set"},
        "again": {"after_ms": 2_592_000_000_i64},
        "stop_when": [{"on": "message", "by": "lead"}],
        "steps": [
            {"id": "s1", "wait": {"for_ms": 20_000}},
            {"id": "s2", "do": "nudge", "expires_ms": 3_600_000},
        ],
    }))
    .expect("a workflow")
}

fn nudge() -> StepContent {
    let chat = NudgeButton { label: texts("Ask a question", "Frage stellen"), opens: NudgeOpens::Chat };
    let page = NudgeOpens::Page("https://acme.test/plans".to_owned());
    let page = NudgeButton { label: texts("Compare", "Vergleichen"), opens: page };
    let text = texts("Any questions about the plans?", "Haben Sie Fragen zu den Tarifen?");
    StepContent::Nudge { text, buttons: vec![chat, page], agent: Some(IntentType::Buying) }
}

fn draft() -> WorkflowDraft {
    let contents = BTreeMap::from([("s2".to_owned(), nudge())]);
    WorkflowDraft { name: "Pricing viewers".to_owned(), definition: definition(), contents }
}

/// A draft with each action once.
fn every_action() -> WorkflowDraft {
    let mail = StepContent::Mail {
        subject: texts("Our prices", "Unsere Preise"),
        body: texts("Hello {{first_name|there}}", "Guten Tag {{full_name|zusammen}}"),
    };
    let slack = StepContent::Slack {
        channel: "C024BE91L".to_owned(),
        channel_name: "hiring".to_owned(),
        text: "Looking for a job".to_owned(),
    };
    let assign = StepContent::Assign { rep: None, pool: vec![RepId::new([3; 16])], agent: false, rule: None };
    let actions = [
        ("nudge", nudge()),
        ("message", StepContent::Message { text: texts("Are you still there?", "Sind Sie noch da?") }),
        ("mail", mail),
        ("slack", slack),
        ("assign", assign),
        ("tag", StepContent::Tag { tag: TagId::new([8; 16]) }),
        ("set_field", StepContent::SetField { field: "tier".to_owned(), value: "gold".to_owned() }),
        ("webhook", StepContent::Webhook { webhook: WebhookId::new([9; 16]) }),
        (
            "task",
            StepContent::Task { text: "Call".to_owned(), due_in_ms: Millis::DAY, member: Some(RepId::new([3; 16])) },
        ),
    ];
    let steps: Vec<_> = actions.iter().map(|(action, _)| json!({"id": action, "do": action})).collect();
    let definition = json!({"id": id(), "trigger": {"on": "form", "form": "Demo"}, "again": "always", "steps": steps});
    WorkflowDraft {
        name: "Every action".to_owned(),
        definition: serde_json::from_value(definition).expect("a workflow"),
        contents: actions.into_iter().map(|(step, content)| (step.to_owned(), content)).collect(),
    }
}

fn settings() -> WorkflowSettings {
    serde_json::from_value(json!({
        "cap": {"actions": 3, "within_ms": 604_800_000},
        "quiet": {"from": "20:00", "to": "08:00", "zone": "Europe/Berlin", "days": ["sat", "sun"]},
    }))
    .expect("settings")
}

fn row() -> WorkflowRow {
    WorkflowRow {
        id: id(),
        name: "Pricing viewers".to_owned(),
        state: WorkflowState::On,
        version: 2,
        saved_at: AT,
        saved_by: name("Ann Example"),
        counts: WorkflowCounts {
            enrolled: 40,
            active: 3,
            finished: 30,
            stopped: 7,
            refused: BTreeMap::from([("already".to_owned(), 12)]),
        },
    }
}

fn steps() -> BTreeMap<String, StepCounts> {
    let waits =
        StepCounts { waiting: 3, outcomes: BTreeMap::from([("waited".to_owned(), 37)]), ..StepCounts::default() };
    let nudges = StepCounts {
        waiting: 0,
        outcomes: BTreeMap::from([("done".to_owned(), 35)]),
        skipped: BTreeMap::from([("cap".to_owned(), 2)]),
        nudges: Some(NudgeCounts { shown: 30, clicked: 9, closed: 12, not_shown: 5 }),
    };
    BTreeMap::from([("s1".to_owned(), waits), ("s2".to_owned(), nudges)])
}

fn run() -> RunRow {
    let entry = |(step, kind): (&str, &str), outcome: &str, reason: &str, until| RunEntry {
        step: step.to_owned(),
        kind: kind.to_owned(),
        at: AT,
        outcome: outcome.to_owned(),
        reason: reason.to_owned(),
        until,
    };
    RunRow {
        contact: contact_ref(),
        number: 1,
        version: 2,
        cause: "page view of Pricing, 2 times within 7 days".to_owned(),
        enrolled_at: AT,
        state: "active".to_owned(),
        by: String::new(),
        waits: Some(RunWaits { step: "s2".to_owned(), kind: "nudge".to_owned(), until: AT + Millis::DAY }),
        log: vec![
            entry(("s1", "wait"), "waited", "", None),
            entry(("s2", "nudge"), "deferred", "quiet", Some(AT + Millis::DAY)),
        ],
    }
}

fn dry_run() -> DryRun {
    let action = DryRunAction {
        step: "s2".to_owned(),
        action: "nudge".to_owned(),
        done: 9,
        skipped: BTreeMap::from([("human".to_owned(), 1)]),
    };
    let refused = DryRunRefused { reason: "never".to_owned(), leads: 30, example: Some(contact_ref()) };
    let example = DryRunLead {
        contact: contact_ref(),
        is_unnamed: false,
        runs: vec![run()],
        refused: vec![("conditions".to_owned(), Some(AT))],
    };
    DryRun {
        leads: 40,
        enrolled: 10,
        actions: vec![action],
        refused: vec![refused],
        examples: vec![example],
        is_everybody: false,
    }
}
