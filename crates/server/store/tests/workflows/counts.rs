//! What workflows and their steps did, counted.

use crate::{ANN, BOB, entry, key, read, refusal, run, waiting, workflow, write};
use knock_model::{LeadId, Millis};
use knock_ports::{RefusedLead, RunCounts};
use knock_store::Scratch;
use knock_workflow::{Outcome, RefusalReason, RunState, SkipReason};
use std::collections::BTreeMap;

#[test]
fn runs_and_refusals_are_counted_by_workflow() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert_eq!(read(&store, |view| view.run_counts()), BTreeMap::new());
    write(&store, |ledger| {
        ledger.begin_run(ANN, &run(1, 1, 10))?;
        ledger.save_run_state(ANN, &key(1, 1), 1, &RunState::Finished)?;
        ledger.begin_run(ANN, &run(1, 2, 20))?;
        ledger.begin_run(BOB, &run(1, 1, 20))?;
        for at in 1..=3 {
            ledger.note_refusal(ANN, &refusal(1, RefusalReason::Active, at))?;
        }
        ledger.note_refusal(ANN, &refusal(1, RefusalReason::Conditions, 9))?;
        ledger.note_refusal(BOB, &refusal(1, RefusalReason::Active, 4))?;
        ledger.note_refusal(BOB, &refusal(2, RefusalReason::Disabled, 5))
    });
    let words = |counts: &[(&str, u64)]| counts.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect();
    let one = RunCounts {
        states: words(&[("active", 2), ("finished", 1)]),
        refused: words(&[("active", 4), ("conditions", 1)]),
    };
    let two = RunCounts { states: words(&[]), refused: words(&[("disabled", 1)]) };
    assert_eq!(read(&store, |view| view.run_counts()), [(workflow(1), one), (workflow(2), two)].into());
    let refused = |reason, count, last_at| RefusedLead {
        lead: ANN,
        workflow: workflow(1).to_string(),
        reason,
        count,
        last_at: Millis(last_at),
    };
    assert_eq!(
        read(&store, |view| view.refusals_of(ANN)),
        [refused(RefusalReason::Conditions, 1, 9), refused(RefusalReason::Active, 3, 3)]
    );
}

#[test]
fn steps_are_counted_by_what_they_did_and_who_waits_there() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let leads = [1, 2, 3].map(|number| LeadId::from_bytes([number; 16]));
    write(&store, |ledger| {
        for (lead, step) in leads.into_iter().zip(["b", "c", "b"]) {
            ledger.begin_run(lead, &run(1, 1, 10))?;
            ledger.append_run_entry(lead, &key(1, 1), &entry("a", 10, Outcome::Done))?;
            ledger.save_run_state(lead, &key(1, 1), 1, &waiting(step, 20))?;
        }
        let skipped = [SkipReason::Cap, SkipReason::Cap, SkipReason::Human].map(Outcome::Skipped);
        skipped.into_iter().try_for_each(|it| ledger.append_run_entry(ANN, &key(1, 1), &entry("a", 11, it)))?;
        ledger.begin_run(ANN, &run(2, 1, 10))?;
        ledger.append_run_entry(ANN, &key(2, 1), &entry("a", 10, Outcome::Done))
    });
    let steps = read(&store, |view| view.run_steps(workflow(1)));
    assert_eq!(steps.waiting, [("b".to_owned(), 2), ("c".to_owned(), 1)].into());
    let of = |outcome: &str, reason: &str| ("a".to_owned(), outcome.to_owned(), reason.to_owned());
    let expected = [(of("done", ""), 3), (of("skipped", "cap"), 2), (of("skipped", "human"), 1)];
    assert_eq!(steps.entries, expected.into());
    assert_eq!(steps.nudges, BTreeMap::new());
    let inside = |past| read(&store, |view| view.leads_inside(workflow(1), past, 2));
    assert_eq!(inside(None), [(leads[0], 1, 1), (leads[1], 1, 1)]);
    assert_eq!(inside(Some(leads[1])), [(leads[2], 1, 1)]);
}
