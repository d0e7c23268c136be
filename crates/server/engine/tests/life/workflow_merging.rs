//! Leads inside one workflow that turn out to be one: the older run stays, with its timer.

use crate::story::{EMAILS, Step, Story, rep};
use knock_engine::commands::{ContactsMerged, MergeContacts, MergeUndone, UndoMerge};
use knock_model::{Email, LeadId, Millis, NudgeId, WorkflowId};
use knock_ports::{Nudge, Subject, Timer, View};
use knock_wire::StepContent;
use knock_workflow::{Lead, Run, RunState, StoppedBy, Waiting};

const ANN: usize = 0;

fn read<T>(story: &Story, work: impl Fn(&dyn View) -> T) -> T {
    let mut found = None;
    let read = story.store().read(&mut |view| {
        found = Some(work(view));
        Ok(())
    });
    read.expect("it reads");
    found.expect("it was read")
}

/// Puts a lead into the workflow, with a nudge that no page has shown and the timer of the run.
fn enrol(story: &mut Story, lead: LeadId, number: u8, enrolled_at: Millis) {
    let due_at = enrolled_at + Millis::days(200);
    let waiting = Waiting { step: "a".into(), entered_at: enrolled_at, due_at, after: 1 };
    let run = Run {
        workflow: WorkflowId::new([7; 16]).to_string(),
        version: 1,
        number: 1,
        cause: format!("form:{number}"),
        enrolled_at,
        enrolled_by: u64::from(number),
        state: RunState::Active(waiting),
        log: Vec::new(),
    };
    let text = [("en".to_owned(), "A word?".to_owned())].into();
    let nudge = Nudge {
        id: NudgeId::new([number; 16]),
        lead,
        run: run.key(),
        step: "n".into(),
        visit: 1,
        content: StepContent::Nudge { text, buttons: Vec::new(), agent: None },
        ready_at: enrolled_at,
        expires_at: due_at,
        shown_at: None,
        url: String::new(),
        clicked_at: None,
        closed_at: None,
        withdrawn_at: None,
    };
    let known = Lead { sent: vec![enrolled_at], ..Lead::default() };
    story.while_stopped(|store, _| {
        let kept = store.write(&mut |ledger| {
            ledger.begin_run(lead, &run)?;
            ledger.save_nudge(&nudge)?;
            ledger.save_workflow_lead(lead, &known)?;
            ledger.set_timer(Subject::Workflow(lead), Some(due_at))
        });
        kept.expect("it is kept");
    });
}

/// The runs of a lead by number, enrolment and state.
fn runs(story: &Story, lead: LeadId) -> Vec<(u32, Millis, &'static str)> {
    let word = |state: &RunState| match state {
        RunState::Active(_) => "active",
        RunState::Stopped(StoppedBy::Merged) => "merged",
        RunState::Finished | RunState::Stopped(_) => "ended",
    };
    let runs = read(story, |view| view.runs_of_lead(lead, true).expect("they are read"));
    runs.iter().map(|run| (run.number, run.enrolled_at, word(&run.state))).collect()
}

/// The timers of runs.
fn timers(story: &Story) -> Vec<(Subject, Millis)> {
    let due = read(story, |view| view.due_timers(Millis(i64::MAX), 99).expect("they are read"));
    let of_runs = due.into_iter().filter(|timer| matches!(timer.subject, Subject::Workflow(_)));
    of_runs.map(|Timer { subject, due_at }| (subject, due_at)).collect()
}

/// Ann with an address, and a chat in another browser whose lead has none yet.
fn two() -> (Story, LeadId, LeadId) {
    let mut story = Story::begin();
    story.step(Step::Signals { visitor: 0, kind: 3, category: 1, age: 0, email: ANN });
    story.step(Step::Open { visitor: 1 });
    story.step(Step::Write { visitor: 1, text: 1 });
    story.step(Step::Wait { ms: 1, is_fired: true });
    let address = Email::parse(EMAILS[ANN]).expect("an address");
    let ann = read(&story, |view| view.lead_by_email(&address).expect("it is read").expect("known").id);
    let conversation = story.conversations[&1];
    let other = read(&story, |view| view.conversation(conversation).expect("it is read").expect("it is there").lead);
    (story, ann, other)
}

#[test]
fn an_address_that_is_known_brings_runs_together() {
    let (mut story, ann, other) = two();
    let [earlier, later] = [1, 2].map(|hours| story.now - Millis::days(1) + Millis(hours * 3_600_000));
    enrol(&mut story, ann, 1, later);
    enrol(&mut story, other, 2, earlier);
    story.step(Step::Signals { visitor: 1, kind: 3, category: 1, age: 0, email: ANN });
    assert_eq!(runs(&story, ann), [(1, earlier, "active"), (2, later, "merged")]);
    assert_eq!(runs(&story, other), []);
    assert_eq!(timers(&story), [(Subject::Workflow(ann), earlier + Millis::days(200))]);
    let nudges = read(&story, |view| view.nudges_of(ann).expect("they are read"));
    let withdrawn: Vec<_> = nudges.iter().map(|nudge| (nudge.run.number, nudge.withdrawn_at.is_some())).collect();
    assert_eq!(withdrawn, [(1, false), (2, true)]);
    let known = read(&story, |view| view.workflow_lead(ann).expect("it is read").expect("known"));
    assert_eq!(known.sent, [earlier, later]);
}

#[test]
fn a_merge_by_hand_can_be_undone_with_its_timers() {
    let (mut story, ann, other) = two();
    let [earlier, later] = [1, 2].map(|hours| story.now - Millis::days(1) + Millis(hours * 3_600_000));
    enrol(&mut story, ann, 1, earlier);
    enrol(&mut story, other, 2, later);
    let (id, fresh, now) = (story.signal_id(), story.fresh().account, story.now);
    let merged = story.change(MergeContacts { stays: ann, goes: other, id, member: Some(rep()), now, fresh });
    assert_eq!(merged, ContactsMerged::Merged(ann));
    assert_eq!(runs(&story, ann), [(1, earlier, "active"), (2, later, "merged")]);
    assert_eq!(timers(&story), [(Subject::Workflow(ann), earlier + Millis::days(200))]);
    let fresh = [story.fresh().account, story.fresh().account];
    assert_eq!(story.change(UndoMerge { lead: ann, merge: id, now, fresh }), MergeUndone::Undone);
    assert_eq!((runs(&story, ann), runs(&story, other)), (vec![(1, earlier, "active")], vec![(2, later, "merged")]));
    assert_eq!(timers(&story), [(Subject::Workflow(ann), earlier + Millis::days(200))], "a run that ended stays ended");
}

#[test]
fn a_rebuild_sets_the_timer_of_runs_anew() {
    let (mut story, ann, other) = two();
    let enrolled_at = story.now - Millis::days(1);
    enrol(&mut story, ann, 1, enrolled_at);
    let expected = [(Subject::Workflow(ann), enrolled_at + Millis::days(200))];
    story.while_stopped(|store, _| {
        let kept = store.write(&mut |ledger| {
            ledger.set_timer(Subject::Workflow(ann), None)?;
            ledger.set_timer(Subject::Workflow(other), Some(enrolled_at + Millis::days(300)))
        });
        kept.expect("it is kept");
    });
    assert_eq!(story.rebuild().chats.changed, 2);
    assert_eq!(timers(&story), expected);
    assert_eq!(story.rebuild().chats.changed, 0);
}
