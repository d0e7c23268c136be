//! A dry run over a history says what a workflow that was switched on before it did, action by action, where the
//! workflow's own actions change nothing.

use crate::story::{EMAILS, START, Step, Story};
use knock_engine::Presenter;
use knock_engine::commands::{SaveWorkflow, SetWorkflowState};
use knock_model::{Category, Millis, WorkflowId};
use knock_ports::LeadFilter;
use knock_wire::{DryRunAsk, LeadWorkflows, RunRow, WorkflowDraft};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The visitors, each of whom is known by an address from the start: no trigger has to make a lead.
const VISITORS: u8 = 3;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn nudge() -> Value {
    json!({"do": "nudge", "text": {"en": "Hello"}})
}

fn mail() -> Value {
    json!({"do": "mail", "subject": {"en": "Hello"}, "body": {"en": "Hello"}})
}

/// Workflows of each kind of trigger and step.
fn drafts() -> Vec<WorkflowDraft> {
    let (wait, act) =
        (|id, ms| json!({"id": id, "wait": {"for_ms": ms}}), |id, action| json!({"id": id, "do": action}));
    let by_rep = json!({"event": {"on": "message", "by": "rep"}, "within_ms": 2 * HOUR});
    let statuses = json!(["AI Discovery", "Rep Reply Needed", "Save the Lead", "Follow Up Needed", "Closed"]);
    let definitions = [
        json!({
            "trigger": {"on": "signal", "category": "Pricing", "count": 3, "within_ms": HOUR},
            "again": "always",
            "stop_when": [{"on": "message", "by": "lead"}],
            "steps": [wait("w", 10 * MINUTE), act("n", "nudge")],
        }),
        json!({
            "trigger": {"on": "field", "field": "chat.status", "to": statuses},
            "again": "always",
            "steps": [{"id": "w", "wait_for": by_rep, "then": [act("n", "nudge")], "else": [act("m", "mail")]}],
        }),
        json!({
            "trigger": {"on": "message", "by": "lead"},
            "again": {"after_ms": HOUR},
            "steps": [
                {"id": "b", "branch": {"field": "intent.type", "op": "eq", "value": "Buying"},
                    "then": [act("n", "nudge")], "else": [wait("w", 24 * HOUR), act("m", "mail")]},
            ],
        }),
        json!({
            "trigger": {"on": "signal", "signal": "cta"},
            "when": {"field": "chat.status", "op": "is_set"},
            "again": "always",
            "quiet": {"from": "20:00", "to": "08:00", "zone": "Europe/Berlin"},
            "steps": [{"id": "w", "wait_until": {"time": "09:00", "zone": "Europe/Berlin"}}, act("m", "mail")],
        }),
    ];
    let named = definitions.into_iter().map(|definition| {
        let text = definition.to_string();
        let contents =
            [("n", nudge()), ("m", mail())].into_iter().filter(|(id, _)| text.contains(&format!("\"{id}\"")));
        let contents: serde_json::Map<_, _> = contents.map(|(id, content)| (id.to_owned(), content)).collect();
        json!({"name": "Made", "definition": definition, "contents": contents})
    });
    named.map(|draft| serde_json::from_value(draft).expect("a draft")).collect()
}

/// What visitors and the rep do, a while apart: what happens in one command has one instant.
fn doings() -> impl Strategy<Value = Vec<(Step, i64)>> {
    let visitor = || 0..VISITORS;
    // Page views, forms and calls to action; some arrive late.
    let age = prop_oneof![Just(0), Just(2 * MINUTE), Just(40 * MINUTE)];
    let category = prop_oneof![Just(Category::Pricing.index()), 0..Category::ALL.len()];
    let doing = prop_oneof![
        6 => (visitor(), 0..3usize, category, age)
            .prop_map(|(visitor, kind, category, age)| Step::Signals { visitor, kind, category, age, email: 0 }),
        2 => visitor().prop_map(|visitor| Step::Open { visitor }),
        3 => (visitor(), 0..2usize).prop_map(|(visitor, text)| Step::Write { visitor, text }),
        2 => visitor().prop_map(|visitor| Step::Answer { visitor }),
    ];
    let pause = prop_oneof![1_000..5 * MINUTE, MINUTE..5 * HOUR, HOUR..40 * HOUR];
    proptest::collection::vec((doing, pause), 1..25)
}

/// Lets time pass, with every timer fired at its due instant.
fn pass(story: &mut Story, span: Millis) {
    let until = story.now + span;
    loop {
        let mut due = None;
        let read = story.store().read(&mut |view| {
            due = view.next_due()?;
            Ok(())
        });
        read.expect("it is read");
        story.now = due.filter(|due| *due < until).map_or(until, |due| due.max(story.now));
        story.fire();
        if story.now >= until {
            return;
        }
    }
}

/// A workspace with the workflow switched on, whose visitors are known.
fn begin(draft: &WorkflowDraft) -> (Story, WorkflowId) {
    let mut story = Story::begin();
    let id = WorkflowId::new([3; 16]);
    story.change(SaveWorkflow { id, draft: draft.clone(), by: None, now: START });
    assert!(story.change(SetWorkflowState { id, enabled: true, inside: None, by: None, now: START }));
    let category = Category::Home.index();
    for visitor in 0..VISITORS {
        story.step(Step::Signals { visitor, kind: 3, category, age: 0, email: visitor.into() });
    }
    assert!(usize::from(VISITORS) <= EMAILS.len());
    pass(&mut story, Millis(1_000));
    (story, id)
}

/// Enrolment, state and log of runs, oldest first.
fn gist(runs: &[RunRow]) -> Vec<String> {
    let mut shown: Vec<_> = runs.iter().map(|run| (run.enrolled_at, shown(run))).collect();
    shown.sort();
    shown.into_iter().map(|(_, run)| run).collect()
}

fn shown(run: &RunRow) -> String {
    let log = run.log.iter().map(|entry| {
        let reason = if entry.outcome == "done" { "" } else { &entry.reason };
        format!("{} {} {}{:?}", entry.step, entry.at.0 - START.0, entry.outcome, (reason, entry.until))
    });
    let waits = run.waits.as_ref().map(|waits| (waits.step.clone(), waits.until.0 - START.0));
    format!("{} {} {waits:?}: {:?}", run.enrolled_at.0 - START.0, run.state, log.collect::<Vec<_>>())
}

/// What the workflow did for every lead, and what the dry run of its draft says.
fn compared(story: &Story, draft: &WorkflowDraft, id: WorkflowId) -> Vec<(Vec<String>, Vec<String>)> {
    let mut found = Vec::new();
    let read = story.store().read(&mut |view| {
        let presenter = Presenter::new(view, story.now)?;
        for lead in view.leads(&LeadFilter::default(), None, 100)? {
            let LeadWorkflows { workflows } = presenter.lead_workflows(lead.id)?.unwrap_or_default();
            let real = workflows.into_iter().find(|workflow| workflow.id == id).map(|workflow| workflow.runs);
            let ask = DryRunAsk { draft: draft.clone(), workflow: Some(id), days: Some(90), lead: Some(lead.id) };
            let dry = presenter.workflow_dry_run(&ask)?.examples.into_iter().next().map(|example| example.runs);
            found.push((gist(&real.unwrap_or_default()), gist(&dry.unwrap_or_default())));
        }
        Ok(())
    });
    read.expect("it is read");
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_dry_run_says_what_the_workflow_did(which in 0..4usize, doings in doings()) {
        let draft = drafts().swap_remove(which);
        let (mut story, id) = begin(&draft);
        for (step, pause) in doings {
            story.step(step);
            pass(&mut story, Millis(pause));
        }
        for (real, dry) in compared(&story, &draft, id) {
            prop_assert_eq!(real, dry);
        }
    }
}

#[test]
fn a_dry_run_finds_what_every_kind_of_workflow_did() {
    for draft in drafts() {
        let (mut story, id) = begin(&draft);
        let pricing = Category::Pricing.index();
        for _ in 0..2 {
            story.step(Step::Signals { visitor: 0, kind: 2, category: pricing, age: 0, email: 0 });
            pass(&mut story, Millis(MINUTE));
        }
        story.step(Step::Open { visitor: 0 });
        story.step(Step::Write { visitor: 0, text: 1 });
        pass(&mut story, Millis(4 * HOUR));
        story.step(Step::Signals { visitor: 0, kind: 2, category: pricing, age: 0, email: 0 });
        pass(&mut story, Millis(48 * HOUR));
        let found = compared(&story, &draft, id);
        assert!(found.iter().any(|(real, _)| !real.is_empty()), "{draft:?} did nothing");
        found.into_iter().for_each(|(real, dry)| assert_eq!(real, dry, "{draft:?}"));
    }
}
