//! Workflows on a real store: enrolments, waits and actions follow what visitors and the team do.

mod fields;
mod inside;
mod nudges;
mod vectors;

use crate::story::{START, Step, Story, session, visitor};
use knock_engine::commands::AppendSignals;
use knock_engine::{After, Changes, Command, Notice};
use knock_intent::strength;
use knock_model::{Category, LeadId, Millis, SignalType, SiteId, WorkflowId};
use knock_ports::{Detail, Ledger, NewSignal, StoreError, StoredVersion, StoredWorkflow, View};
use knock_wire::{WorkflowDraft, WorkflowState};
use knock_workflow::{Outcome, RefusalReason, Run, RunState, StoppedBy};
use serde_json::{Value, json};

const MINUTE: i64 = Millis::MINUTE.0;

/// Stores workflows, as a manager does.
struct Keep {
    workflows: Vec<(StoredWorkflow, Option<StoredVersion>)>,
    now: Millis,
}

impl Command for Keep {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        for (workflow, version) in &self.workflows {
            ledger.save_workflow(workflow, self.now)?;
            version.as_ref().map_or(Ok(()), |version| ledger.append_workflow_version(version))?;
        }
        changes.push(Notice::Workflows);
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl Story {
    /// Stores a workflow; with a definition, also its version.
    fn keep(&self, workflow: StoredWorkflow, definition: Option<&Value>) {
        let version = definition.map(|definition| self.version(workflow, definition, &json!({})));
        self.commit(Keep { workflows: vec![(workflow, version)], now: self.now });
    }

    fn version(&self, workflow: StoredWorkflow, definition: &Value, contents: &Value) -> StoredVersion {
        let StoredWorkflow { id, version: number, .. } = workflow;
        let mut definition = definition.clone();
        definition["id"] = json!(id.to_string());
        let draft = json!({"name": "Made", "definition": definition, "contents": contents});
        let draft: WorkflowDraft = serde_json::from_value(draft).expect("a draft");
        StoredVersion { workflow: id, number, draft, saved_at: self.now, saved_by: None }
    }

    /// Saves a workflow and switches it on. An action without a content is done, and says nothing.
    fn on_workflow(&self, number: u8, definition: &Value) -> WorkflowId {
        self.on_workflow_with(number, definition, &json!({}))
    }

    fn on_workflow_with(&self, number: u8, definition: &Value, contents: &Value) -> WorkflowId {
        let id = WorkflowId::new([number; 16]);
        let workflow = StoredWorkflow { id, position: number.into(), state: WorkflowState::On, version: 1 };
        let version = self.version(workflow, definition, contents);
        self.commit(Keep { workflows: vec![(workflow, Some(version))], now: self.now });
        id
    }

    fn view<T>(&self, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
        let mut found = None;
        let read = self.store().read(&mut |view| {
            found = Some(work(view)?);
            Ok(())
        });
        read.expect("it reads");
        found.expect("it was read")
    }

    /// A browser sends a signal that happened a while ago.
    fn sends(&mut self, number: u8, kind: SignalType, category: Category, age: i64) -> AppendSignals {
        let at = self.now - Millis(age);
        let signal = NewSignal {
            id: self.signal_id(),
            session: session(number, self.now),
            kind,
            at,
            received_at: self.now,
            clamped: false,
            category,
            strength: strength(kind),
            seq: None,
            view: None,
            detail: Detail::default().into(),
        };
        let (visitor, received_at, fresh) = (visitor(number), self.now, vec![self.fresh()]);
        let batch = AppendSignals { site: SiteId(1), visitor, received_at, signals: vec![signal], fresh };
        self.commit(batch.clone());
        batch
    }

    fn looks_at_pricing(&mut self, number: u8) -> AppendSignals {
        self.sends(number, SignalType::PageView, Category::Pricing, 0)
    }

    fn lead_of(&self, number: u8) -> Option<LeadId> {
        self.view(|view| {
            let spans = view.spans_of_visitor(SiteId(1), visitor(number))?;
            Ok(spans.last().and_then(|span| span.lead))
        })
    }

    fn runs_of(&self, number: u8) -> Vec<Run> {
        let Some(lead) = self.lead_of(number) else { return Vec::new() };
        self.view(|view| view.runs_of_lead(lead, true))
    }

    /// The refusals of a visitor, each with its number.
    fn refusals_of(&self, number: u8) -> Vec<(RefusalReason, u64)> {
        let Some(lead) = self.lead_of(number) else { return Vec::new() };
        self.view(|view| Ok(view.refusals_of(lead)?.iter().map(|one| (one.reason, one.count)).collect()))
    }

    fn waits(&mut self, ms: i64) {
        self.step(Step::Wait { ms, is_fired: true });
    }
}

/// Two views of Pricing in ten minutes, then a minute, then an action.
fn twice() -> Value {
    json!({
        "trigger": {"on": "signal", "signal": "page_view", "category": "Pricing", "count": 2, "within_ms": 10 * MINUTE},
        "steps": [{"id": "wait", "wait": {"for_ms": MINUTE}}, {"id": "bubble", "do": "nudge"}],
        "stop_when": [{"on": "message", "by": "lead"}],
    })
}

fn outcomes(run: &Run) -> Vec<(&str, Outcome)> {
    run.log.iter().map(|entry| (entry.step.as_str(), entry.outcome)).collect()
}

#[test]
fn a_browser_becomes_a_lead_where_it_is_enrolled() {
    let mut story = Story::begin();
    story.on_workflow(1, &twice());
    story.looks_at_pricing(0);
    assert_eq!(story.lead_of(0), None, "one view enrols no lead, and nothing is stored");
    story.waits(MINUTE);
    story.looks_at_pricing(0);
    let run = story.runs_of(0).remove(0);
    assert_eq!(run.waiting().map(|waiting| waiting.due_at), Some(story.now + Millis::MINUTE));
    story.waits(MINUTE - 1);
    assert!(story.runs_of(0)[0].is_active());
    story.waits(1);
    let run = story.runs_of(0).remove(0);
    assert_eq!(
        (run.state.clone(), outcomes(&run)),
        (RunState::Finished, vec![("wait", Outcome::Waited), ("bubble", Outcome::Done)])
    );
    story.looks_at_pricing(0);
    assert_eq!((story.runs_of(0).len(), story.refusals_of(0)), (1, vec![]), "the third view reaches no count");
}

#[test]
fn views_in_one_instant_count_each_and_a_batch_that_comes_again_counts_once() {
    let mut story = Story::begin();
    story.on_workflow(
        1,
        &json!({
            "trigger": {"on": "signal", "category": "Pricing", "count": 3, "within_ms": MINUTE},
            "again": "always",
            "steps": [{"id": "bubble", "do": "nudge"}],
        }),
    );
    story.looks_at_pricing(0);
    let second = story.looks_at_pricing(0);
    for _ in 0..3 {
        story.commit(second.clone());
    }
    assert_eq!(story.lead_of(0), None);
    let third = story.looks_at_pricing(0);
    story.commit(third);
    story.commit(second);
    assert_eq!(story.runs_of(0).len(), 1);
}

#[test]
fn the_view_before_counts_however_long_ago_it_was() {
    let mut story = Story::begin();
    story.looks_at_pricing(0);
    story.waits(24 * 60 * MINUTE);
    let mut once = twice();
    once["trigger"]["count"] = json!(1);
    story.on_workflow(1, &once);
    story.looks_at_pricing(0);
    assert_eq!(story.lead_of(0), None, "the first of all views reached the count");
    story.looks_at_pricing(1);
    assert_eq!(story.runs_of(1).len(), 1);
}

#[test]
fn the_view_before_counts_however_late_it_came() {
    let mut story = Story::begin();
    // Two in ten minutes, and in between one of the browser's queue, which has none beside it.
    for (visitor, is_late) in [(0, true), (1, false)] {
        story.looks_at_pricing(visitor);
        story.waits(MINUTE);
        story.looks_at_pricing(visitor);
        if is_late {
            story.waits(MINUTE);
            story.sends(visitor, SignalType::PageView, Category::Pricing, 24 * 60 * MINUTE);
        }
    }
    story.on_workflow(1, &twice());
    story.waits(MINUTE);
    story.looks_at_pricing(0);
    story.looks_at_pricing(1);
    assert_eq!((story.runs_of(0).len(), story.lead_of(1)), (1, None));
}

#[test]
fn a_message_of_the_lead_stops_the_run() {
    let mut story = Story::begin();
    story.on_workflow(1, &twice());
    story.step(Step::Open { visitor: 0 });
    story.looks_at_pricing(0);
    story.looks_at_pricing(0);
    // The time is up in this very instant, but events come first.
    story.now = story.now + Millis::MINUTE;
    story.step(Step::Write { visitor: 0, text: 0 });
    story.fire();
    let run = story.runs_of(0).remove(0);
    assert!(
        matches!(&run.state, RunState::Stopped(StoppedBy::Event(event)) if event.starts_with("message:")),
        "{run:?}"
    );
    assert_eq!(outcomes(&run), vec![]);
}

#[test]
fn a_run_goes_on_after_a_restart_and_late_steps_are_done_then() {
    let mut story = Story::begin();
    story.on_workflow(
        1,
        &json!({
            "trigger": {"on": "signal", "category": "Pricing"},
            "steps": [
                {"id": "wait", "wait": {"for_ms": MINUTE}},
                {"id": "bubble", "do": "nudge"},
                {"id": "post", "do": "slack"},
            ],
        }),
    );
    story.looks_at_pricing(0);
    story.restart();
    story.waits(7 * Millis::DAY.0);
    let run = story.runs_of(0).remove(0);
    let expired = Outcome::Skipped(knock_workflow::SkipReason::Expired);
    assert_eq!(outcomes(&run), vec![("wait", Outcome::Waited), ("bubble", expired), ("post", Outcome::Done)]);
    assert_eq!(run.log[0].at, START + Millis::MINUTE);
    assert_eq!(run.log[2].at, story.now);
    story.restart();
    story.waits(MINUTE);
    assert_eq!(story.runs_of(0)[0].log, run.log);
}

#[test]
fn a_signal_that_arrives_late_counts_and_enrols_nobody() {
    let mut story = Story::begin();
    story.on_workflow(
        1,
        &json!({
            "trigger": {"on": "signal", "category": "Pricing", "count": 2, "within_ms": 2 * 60 * MINUTE},
            "steps": [{"id": "bubble", "do": "nudge"}],
        }),
    );
    story.step(Step::Open { visitor: 0 });
    story.sends(0, SignalType::PageView, Category::Pricing, 32 * MINUTE);
    story.sends(0, SignalType::PageView, Category::Pricing, 31 * MINUTE);
    assert_eq!((story.runs_of(0).len(), story.refusals_of(0)), (0, vec![(RefusalReason::Stale, 1)]));
}

#[test]
fn a_form_of_a_late_signal_enrols_nobody() {
    let mut story = Story::begin();
    let definition = json!({"trigger": {"on": "form"}, "again": "always", "steps": [{"id": "bubble", "do": "nudge"}]});
    story.on_workflow(1, &definition);
    story.step(Step::Open { visitor: 0 });
    story.sends(0, SignalType::FormSubmit, Category::Pricing, 31 * MINUTE);
    assert_eq!((story.runs_of(0).len(), story.refusals_of(0)), (0, vec![(RefusalReason::Stale, 1)]));
    story.waits(1);
    story.sends(0, SignalType::FormSubmit, Category::Pricing, 30 * MINUTE);
    assert_eq!(story.runs_of(0).len(), 1);
}

#[test]
fn spam_ends_every_run_and_enrols_nobody() {
    let mut story = Story::begin();
    let definition = json!({
        "trigger": {"on": "signal", "category": "Pricing"},
        "again": "always",
        "steps": [{"id": "wait", "wait": {"for_ms": MINUTE}}, {"id": "post", "do": "slack"}],
    });
    story.on_workflow(1, &definition);
    story.step(Step::Open { visitor: 0 });
    story.step(Step::Write { visitor: 0, text: 0 });
    story.looks_at_pricing(0);
    assert!(story.runs_of(0)[0].is_active());
    story.waits(1);
    story.step(Step::Act { visitor: 0, action: 2 });
    assert_eq!(story.runs_of(0)[0].state, RunState::Stopped(StoppedBy::Spam));
    story.looks_at_pricing(0);
    assert_eq!((story.runs_of(0).len(), story.refusals_of(0)), (1, vec![(RefusalReason::Spam, 1)]));
}

#[test]
fn a_change_of_a_workflow_holds_from_the_next_command_on() {
    let mut story = Story::begin();
    let definition = json!({
        "trigger": {"on": "signal", "category": "Pricing"},
        "again": "always",
        "steps": [{"id": "wait", "wait": {"for_ms": MINUTE}}],
    });
    let id = story.on_workflow(1, &definition);
    story.step(Step::Open { visitor: 0 });
    story.looks_at_pricing(0);
    let workflow = |state, version| StoredWorkflow { id, position: 1, state, version };
    story.keep(workflow(WorkflowState::Off, 1), None);
    story.looks_at_pricing(0);
    assert_eq!((story.runs_of(0).len(), story.refusals_of(0)), (1, vec![(RefusalReason::Disabled, 1)]));

    // The run goes on in its own version.
    let longer = json!({
        "trigger": {"on": "signal", "category": "Pricing"},
        "again": "always",
        "steps": [{"id": "other", "wait": {"for_ms": 5 * MINUTE}}],
    });
    story.keep(workflow(WorkflowState::On, 2), Some(&longer));
    story.waits(MINUTE);
    assert_eq!(outcomes(&story.runs_of(0)[0]), vec![("wait", Outcome::Waited)]);
    story.looks_at_pricing(0);
    let runs = story.runs_of(0);
    assert_eq!((runs.len(), runs[1].version, runs[1].is_active()), (2, 2, true));
}
