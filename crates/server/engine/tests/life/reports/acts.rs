//! What is done about persons in reports: decisions, runs of workflows, writes to a CRM, questions without an answer.

use super::persons::known;
use super::{ANN, CAT, check, read, shown, total, two};
use crate::story::{START, Story};
use jiff::Timestamp;
use knock_model::{CrmSystem, LeadId, Millis, RepId, WorkflowId};
use knock_ports::{CrmLogged, Decided, View};
use knock_report::{Acts, Ask, CalendarKind, Dimension, Period, Routed, RoutedTo, Run, StepTaken, Written};
use knock_routing::{Assignee, Outcome};
use knock_workflow::{Entry, RunKey, RunState, StoppedBy, Waiting};

/// More than there are of anything about a lead.
const MOST: u32 = 1_000;

/// What was done about a lead, by what is stored of it alone.
pub(super) fn acts(view: &dyn View, lead: LeadId) -> Acts {
    let decisions = view.decisions_of(lead).expect("they are read");
    let runs = view.runs_of_lead(lead, true).expect("they are read");
    Acts {
        decisions: decisions.iter().map(routed).collect(),
        runs: runs.iter().map(run).collect(),
        writes: writes(view, lead),
        questions: questions(view, lead),
    }
}

fn routed(decided: &Decided) -> Routed {
    let decision = &decided.decision;
    let segment = decision.segment.as_deref();
    let turn = decision.turn.as_ref().map(|turn| turn.rep.as_str());
    let rep = |id: &str| RoutedTo::Rep(RepId::parse(id).expect("an id"));
    let to = match (decision.outcome, &decision.assignee) {
        (Outcome::Assigned, Some(Assignee::Rep { id })) => rep(id),
        (Outcome::Assigned, Some(Assignee::AiAgent { .. })) => RoutedTo::Agent,
        (Outcome::Assigned, Some(Assignee::CalendarSet { owner, .. })) => {
            owner.as_deref().or(turn).map_or(RoutedTo::Calendars, rep)
        }
        (Outcome::Assigned, None) | (Outcome::Unbookable, _) => RoutedTo::Unbookable,
        (Outcome::Waiting, _) => RoutedTo::Waiting,
        (Outcome::Disqualified, _) => RoutedTo::Disqualified,
        (Outcome::Pending, _) => RoutedTo::Pending,
    };
    let skipped = decision.skipped.iter();
    let score = decided.fields.iter().find(|(name, _)| *name == "intent.score");
    Routed {
        at: decided.at,
        funnel: decision.funnel.as_str(),
        rule: decision.rule.clone(),
        segment: segment.map(|segment| format!("{}/{segment}", decision.rule)).unwrap_or_default(),
        to,
        reason: decision.reason.as_str(),
        is_fallback: segment == Some("fallback"),
        is_by_turn: turn.is_some(),
        skipped: skipped.map(|one| (RepId::parse(&one.rep).expect("an id"), one.reason.as_str())).collect(),
        score: score.and_then(|(_, value)| value.as_text()).unwrap_or_default().to_owned(),
    }
}

fn run(run: &knock_workflow::Run) -> Run {
    let last = run.log.iter().map(|entry| entry.at).chain([run.enrolled_at]).max();
    let step = |entry: &Entry| StepTaken {
        step: format!("{}/{}", run.workflow, entry.step),
        at: entry.at,
        outcome: entry.outcome.as_str(),
        reason: entry.outcome.reason().unwrap_or_default().to_owned(),
    };
    Run {
        workflow: run.workflow.clone(),
        enrolled_at: run.enrolled_at,
        ended_at: last.filter(|_| !run.is_active()),
        is_stopped: matches!(run.state, RunState::Stopped(_)),
        steps: run.log.iter().map(step).collect(),
    }
}

fn writes(view: &dyn View, lead: LeadId) -> Vec<Written> {
    let mut writes = Vec::new();
    for system in CrmSystem::ALL {
        let logged = view.crm_writes(*system, lead, MOST).expect("they are read").into_iter().rev();
        writes.extend(logged.filter(|write| write.company.is_none()).map(|write| Written {
            crm: system.as_str().to_owned(),
            cause: write.cause,
            cause_at: write.cause_at,
            written_at: Some(write.at),
        }));
    }
    writes.sort_by_key(|write| write.cause_at);
    writes
}

fn questions(view: &dyn View, lead: LeadId) -> Vec<Millis> {
    let mut asked = Vec::new();
    for site in view.sites().expect("they are read") {
        for question in view.unanswered(site.id, Millis(0), MOST).expect("they are read") {
            let conversation = view.conversation(question.conversation).expect("it is read").expect("a conversation");
            asked.extend((conversation.lead == lead).then_some(question.at));
        }
    }
    asked.sort_unstable();
    asked
}

/// Stores a write of a lead to HubSpot, ten minutes after its cause.
fn is_written(story: &mut Story, lead: LeadId, number: u8) {
    let (at, cause_at) = (story.now, story.now - Millis(10 * Millis::MINUTE.0));
    let write = CrmLogged { at, cause: "chat_status".into(), cause_at, company: None, properties: Vec::new() };
    story.while_stopped(|store, _| {
        let kept = store.write(&mut |ledger| ledger.append_crm_write(CrmSystem::Hubspot, [number; 16], lead, &write));
        kept.expect("it is kept");
    });
}

/// Stores a run of a lead that did one step and then ended.
fn has_run(story: &mut Story, lead: LeadId, end: &RunState) {
    let (now, workflow) = (story.now, WorkflowId::new([3; 16]).to_string());
    let key = RunKey { workflow: workflow.clone(), number: 1 };
    let waiting = Waiting { step: "wait".into(), entered_at: now, due_at: now, after: 1 };
    let run = knock_workflow::Run {
        workflow,
        version: 1,
        number: 1,
        cause: "signal:1".into(),
        enrolled_at: now - Millis(60 * Millis::MINUTE.0),
        enrolled_by: 1,
        state: RunState::Active(waiting),
        log: Vec::new(),
    };
    let entry = Entry { step: "wait".into(), at: now, outcome: knock_workflow::Outcome::Waited };
    story.while_stopped(|store, _| {
        let kept = store.write(&mut |ledger| {
            ledger.begin_run(lead, &run)?;
            ledger.append_run_entry(lead, &key, &entry)?;
            ledger.save_run_state(lead, &key, 1, end)
        });
        kept.expect("it is kept");
    });
}

#[test]
fn decisions_runs_and_writes_are_counted_as_they_are_stored() {
    let mut story = two();
    let (ann, cat) = (known(&story, ANN), known(&story, CAT));
    is_written(&mut story, ann, 1);
    is_written(&mut story, cat, 2);
    has_run(&mut story, ann, &RunState::Finished);
    has_run(&mut story, cat, &RunState::Stopped(StoppedBy::Spam));
    let decided: usize = read(&story, |view| {
        let of = |lead: LeadId| view.decisions_of(lead).expect("they are read");
        let all = [ann, cat].into_iter().flat_map(of);
        all.filter(|decided| decided.decision.outcome != Outcome::Pending).count()
    });
    assert!(decided > 0);
    assert_eq!(total(&story, "routing", "decisions"), Some(f64::from(u32::try_from(decided).expect("few"))));
    assert_eq!(total(&story, "crm", "crm_writes"), Some(2.0));
    assert_eq!(total(&story, "crm", "crm_delay_median"), Some(10.0));
    let runs = ["enrolled", "completed", "stopped"].map(|metric| total(&story, "workflows", metric));
    assert_eq!(runs, [Some(2.0), Some(1.0), Some(1.0)]);
    check(&story);
    assert!(story.erase(CAT).0.is_some());
    assert_eq!(total(&story, "crm", "crm_writes"), Some(1.0));
    assert_eq!(total(&story, "workflows", "enrolled"), Some(1.0));
    check(&story);
}

#[test]
fn what_is_done_long_after_the_last_activity_of_a_person_counts() {
    let mut story = two();
    story.now = START + Millis::days(90);
    story.fire();
    let ann = known(&story, ANN);
    is_written(&mut story, ann, 1);
    has_run(&mut story, ann, &RunState::Finished);
    let today = Timestamp::from_millisecond(story.now.0).expect("an instant").to_string();
    let period = Period::parse(&today, &today, "UTC", story.now).expect("a period");
    for (name, metric) in [("crm", "crm_writes"), ("workflows", "completed")] {
        let of = knock_report::report(name).expect("a report");
        let (period, group) = (period.clone(), Some(Dimension::Day));
        let ask = Ask { period, group, anchor: None, calendar: CalendarKind::Elapsed, filters: Vec::new() };
        let shown = shown(&story, of, &ask);
        let place = shown.columns.iter().position(|column| column.name == metric).expect("a metric");
        assert_eq!(shown.total[place], Some(1.0), "{metric}");
    }
}
