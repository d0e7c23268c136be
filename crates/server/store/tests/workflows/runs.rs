//! Runs of leads: their states and logs, once at a time, and actions once each.

use crate::{ANN, BOB, effect, entry, key, read, run, waiting, workflow, write};
use knock_model::{Millis, SignalType};
use knock_ports::{Cursor, LeadRun, RunQuery};
use knock_routing::{Field, LeadFields, Value};
use knock_store::Scratch;
use knock_workflow::{Lead, Mailable, Outcome, Run, RunState, Signal, SkipReason, Standing, StoppedBy};

#[test]
fn a_lead_is_in_a_workflow_once_at_a_time() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        ledger.begin_run(ANN, &run(1, 1, 10))?;
        ledger.begin_run(ANN, &run(2, 1, 10))?;
        ledger.begin_run(BOB, &run(1, 1, 10))
    });
    let second = run(1, 2, 20);
    store.write(&mut |ledger| ledger.begin_run(ANN, &second)).expect_err("the lead is inside");
    write(&store, |ledger| {
        ledger.save_run_state(ANN, &key(1, 1), 1, &RunState::Finished)?;
        assert!(ledger.has_active_run(ANN)?, "in the other workflow");
        ledger.begin_run(ANN, &second)
    });
    assert_eq!(read(&store, |view| view.runs_of_lead(ANN, false)).len(), 3);
}

#[test]
fn runs_and_logs_are_read_as_they_were_stored() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let outcomes = [
        Outcome::Waited,
        Outcome::Happened,
        Outcome::TimedOut,
        Outcome::Then,
        Outcome::Else,
        Outcome::Stopped,
        Outcome::Done,
        Outcome::Deferred { until: Millis(99) },
    ];
    let skipped = SkipReason::ALL.iter().map(|reason| Outcome::Skipped(*reason));
    let log: Vec<_> = (1i64..).zip(outcomes.into_iter().chain(skipped)).map(|(at, it)| entry("s", at, it)).collect();
    let ended = [
        RunState::Finished,
        RunState::Stopped(StoppedBy::Event("signal:1".into())),
        RunState::Stopped(StoppedBy::Member("ann".into())),
        RunState::Stopped(StoppedBy::Spam),
    ];
    let mut runs: Vec<Run> =
        (1u32..).zip(ended).map(|(number, state)| Run { state, ..run(1, number, i64::from(number)) }).collect();
    // One event enrolled the lead in two workflows: in their order.
    runs.extend([run(3, 1, 30), run(2, 1, 30)]);
    runs.iter_mut().for_each(|run| run.log.clone_from(&log));
    write(&store, |ledger| {
        for run in &runs {
            ledger.begin_run(ANN, &Run { state: waiting("", 1), ..run.clone() })?;
            log.iter().try_for_each(|entry| ledger.append_run_entry(ANN, &run.key(), entry))?;
            ledger.save_run_state(ANN, &run.key(), run.version, &run.state)?;
        }
        assert_eq!(ledger.runs_of_lead(ANN, true)?, runs, "also within the transaction");
        Ok(())
    });
    assert_eq!(read(&store, |view| view.runs_of_lead(ANN, true)), runs);
    let shortened: Vec<Run> = runs
        .iter()
        .map(|run| Run { log: if run.is_active() { run.log.clone() } else { Vec::new() }, ..run.clone() })
        .collect();
    assert_eq!(read(&store, |view| view.runs_of_lead(ANN, false)), shortened);
    assert_eq!(read(&store, |view| view.newest_runs_of_lead(ANN)), shortened[3..]);
    assert_eq!(read(&store, |view| view.oldest_due_step()), Some(Millis(130)));
}

#[test]
fn what_is_known_of_a_lead_is_stored_without_the_signals() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert_eq!(read(&store, |view| view.workflow_lead(ANN)), None);
    let mut fields = LeadFields::default();
    fields.set(&Field::parse("company.name").expect("a field"), Value::text("Acme"));
    let category = knock_model::Category::Pricing;
    let signals = vec![Signal { number: 1, at: Millis(1), signal: SignalType::PageView, category }];
    let known = Lead {
        fields,
        signals,
        sent: vec![Millis(4), Millis(5)],
        rep_wrote_at: Some(Millis(6)),
        standing: Standing::Rejected,
        mailable: Mailable::Unsubscribed,
        last_event: 7 << 40,
    };
    write(&store, |ledger| {
        ledger.save_workflow_lead(ANN, &Lead::default())?;
        ledger.save_workflow_lead(ANN, &known)?;
        ledger.stop_workflow_mail(ANN, Millis(8))?;
        ledger.stop_workflow_mail(ANN, Millis(9))
    });
    let stored = read(&store, |view| view.workflow_lead(ANN));
    assert_eq!(stored, Some(Lead { signals: Vec::new(), ..known }));
    assert_eq!(read(&store, |view| view.workflow_mail_stopped_at(ANN)), Some(Millis(8)), "the first one");
    assert_eq!(read(&store, |view| view.workflow_mail_stopped_at(BOB)), None);
}

#[test]
fn an_action_is_taken_once_for_a_run_a_step_and_a_visit() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        ledger.begin_run(ANN, &run(1, 1, 10))?;
        ledger.begin_run(BOB, &run(1, 1, 10))?;
        assert!(ledger.claim_effect(ANN, &effect(1, 1, "s", 1))?);
        assert!(!ledger.claim_effect(ANN, &effect(1, 1, "s", 1))?);
        assert!(ledger.claim_effect(ANN, &effect(1, 1, "s", 2))?);
        assert!(ledger.claim_effect(ANN, &effect(1, 1, "t", 1))?);
        assert!(ledger.claim_effect(BOB, &effect(1, 1, "s", 1))?);
        ledger.note_failed_effect(ANN, &effect(1, 1, "s", 2), "the channel is gone")
    });
    write(&store, |ledger| {
        assert!(!ledger.claim_effect(ANN, &effect(1, 1, "s", 2))?);
        Ok(())
    });
    let failed = read(&store, |view| view.failed_effects(ANN));
    assert_eq!(failed, [(key(1, 1), "s".to_owned(), 2, "the channel is gone".to_owned())]);
    assert_eq!(read(&store, |view| view.failed_effects(BOB)), []);
}

#[test]
fn the_pages_of_the_runs_of_a_workflow_are_all_of_them_newest_first() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        for (lead, number, at) in [(ANN, 1, 10), (BOB, 1, 20), (ANN, 2, 20), (ANN, 3, 40)] {
            ledger.begin_run(lead, &run(1, number, at))?;
            ledger.append_run_entry(lead, &key(1, number), &entry("a", at, Outcome::Waited))?;
            let state = if number == 3 { waiting("b", at) } else { RunState::Finished };
            ledger.save_run_state(lead, &key(1, number), 1, &state)?;
        }
        ledger.begin_run(ANN, &run(2, 1, 30))
    });
    let page = |query: RunQuery, before: Option<Cursor>| read(&store, |view| view.runs(workflow(1), query, before, 2));
    let gist = |page: &[LeadRun]| -> Vec<_> {
        page.iter().map(|found| (found.lead, found.run.number, found.run.log.len())).collect()
    };
    let place = |found: &LeadRun| Some(Cursor { at: found.run.enrolled_at, id: *found.lead.as_bytes() });
    let first = page(RunQuery::default(), None);
    assert_eq!(gist(&first), [(ANN, 3, 1), (BOB, 1, 1)]);
    let second = page(RunQuery::default(), place(&first[1]));
    assert_eq!(gist(&second), [(ANN, 2, 1), (ANN, 1, 1)]);
    assert_eq!(page(RunQuery::default(), place(&second[1])), []);
    let of_lead = page(RunQuery { lead: Some(BOB), state: None }, None);
    assert_eq!(gist(&of_lead), [(BOB, 1, 1)]);
    let active = page(RunQuery { lead: None, state: Some("active") }, None);
    assert_eq!(gist(&active), [(ANN, 3, 1)]);
    assert_eq!(page(RunQuery { lead: Some(BOB), state: Some("active") }, None), []);
}
