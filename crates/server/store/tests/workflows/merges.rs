//! Leads that are merged or erased while workflows know of them.

use crate::{ANN, BOB, effect, entry, key, read, refusal, run, write};
use knock_model::{LeadId, Millis, SignalId};
use knock_ports::{ContactMerge, Ledger, RefusedLead, Store, StoreError, Subject};
use knock_store::Scratch;
use knock_workflow::{Lead, Outcome, RefusalReason, RunState, StoppedBy};
use std::sync::Arc;

/// Both are inside the first workflow; Bob was earlier.
fn both_inside(ledger: &mut dyn Ledger) -> Result<(), StoreError> {
    for (lead, at, sent) in [(ANN, 20, 1), (BOB, 10, 2)] {
        ledger.begin_run(lead, &run(1, 1, at))?;
        ledger.append_run_entry(lead, &key(1, 1), &entry("s", at, Outcome::Done))?;
        assert!(ledger.claim_effect(lead, &effect(1, 1, "s", 1))?);
        ledger.save_workflow_lead(lead, &Lead { sent: vec![Millis(sent)], ..Lead::default() })?;
        ledger.note_refusal(lead, &refusal(1, RefusalReason::Active, at))?;
        ledger.set_timer(Subject::Workflow(lead), Some(Millis(at + 100)))?;
    }
    ledger.begin_run(BOB, &run(2, 1, 30))?;
    ledger.note_refusal(BOB, &refusal(2, RefusalReason::Already, 40))
}

/// As the engine prepares a merge of Bob into Ann.
fn prepare(ledger: &mut dyn Ledger) -> Result<(), StoreError> {
    ledger.save_run_state(ANN, &key(1, 1), 1, &RunState::Stopped(StoppedBy::Merged))?;
    ledger.renumber_runs(ANN, &[(key(1, 1), 2)])?;
    ledger.renumber_runs(BOB, &[(key(1, 1), 1), (key(2, 1), 1)])?;
    let sent = vec![Millis(1), Millis(2)];
    ledger.save_workflow_lead(ANN, &Lead { sent, ..Lead::default() })
}

/// The runs of a lead: workflow, number, enrolment, whether it is active, log entries.
fn gist(store: &Arc<dyn Store>, lead: LeadId) -> Vec<(String, u32, i64, bool, usize)> {
    let runs = read(store, |view| view.runs_of_lead(lead, true));
    runs.into_iter()
        .map(|run| (run.workflow.clone(), run.number, run.enrolled_at.0, run.is_active(), run.log.len()))
        .collect()
}

fn gist_of(runs: &[(u8, u32, i64, bool, usize)]) -> Vec<(String, u32, i64, bool, usize)> {
    runs.iter().map(|(of, number, at, is_active, log)| (key(*of, 1).workflow, *number, *at, *is_active, *log)).collect()
}

fn sent(store: &Arc<dyn Store>, lead: LeadId) -> Option<Vec<Millis>> {
    read(store, |view| view.workflow_lead(lead)).map(|known| known.sent)
}

#[test]
fn a_merge_brings_runs_together_with_all_that_they_did() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        both_inside(ledger)?;
        prepare(ledger)?;
        ledger.merge_leads(BOB, ANN)
    });
    assert_eq!(gist(&store, ANN), gist_of(&[(1, 1, 10, true, 1), (1, 2, 20, false, 1), (2, 1, 30, true, 0)]));
    assert_eq!((gist(&store, BOB), sent(&store, BOB)), (Vec::new(), None));
    assert_eq!(sent(&store, ANN), Some(vec![Millis(1), Millis(2)]));
    let refused = read(&store, |view| view.refusals_of(ANN));
    let refused: Vec<_> = refused.iter().map(|RefusedLead { reason, last_at, .. }| (*reason, last_at.0)).collect();
    assert_eq!(refused, [(RefusalReason::Already, 40), (RefusalReason::Active, 20)]);
    write(&store, |ledger| {
        let timers = ledger.due_timers(Millis(999), 9)?;
        assert_eq!(timers.iter().map(|timer| timer.subject).collect::<Vec<_>>(), [Subject::Workflow(ANN)]);
        for number in [1, 2] {
            assert!(!ledger.claim_effect(ANN, &effect(1, number, "s", 1))?, "it was done before");
        }
        Ok(())
    });
}

#[test]
fn an_undone_merge_gives_runs_back() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let merge = ContactMerge {
        id: SignalId::new(Millis(50), &[1; 10]),
        lead: ANN,
        former: BOB,
        name: "Bob".into(),
        email: None,
        member: None,
        at: Millis(50),
    };
    write(&store, |ledger| {
        both_inside(ledger)?;
        prepare(ledger)?;
        ledger.merge_contacts(&merge)?;
        ledger.close_contact_merge(&merge)
    });
    assert_eq!(gist(&store, ANN).len(), 3);
    write(&store, |ledger| {
        // What workflows do meanwhile does not stand in the way of an undo.
        ledger.save_run_state(ANN, &key(2, 1), 1, &RunState::Finished)?;
        ledger.begin_run(ANN, &run(3, 1, 60))?;
        assert!(ledger.is_as_merged(&merge)?);
        ledger.undo_contact_merge(&merge)
    });
    assert_eq!(gist(&store, ANN), gist_of(&[(1, 2, 20, false, 1), (3, 1, 60, true, 0)]));
    assert_eq!(gist(&store, BOB), gist_of(&[(1, 1, 10, true, 1), (2, 1, 30, false, 0)]));
    assert_eq!(sent(&store, BOB), Some(vec![Millis(2)]));
    assert_eq!(read(&store, |view| view.refusals_of(BOB)).len(), 2);
}

#[test]
fn an_erased_lead_leaves_no_rows() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        both_inside(ledger)?;
        ledger.stop_workflow_mail(BOB, Millis(1))?;
        ledger.erase_lead(BOB).map(drop)
    });
    assert_eq!(gist(&store, ANN).len(), 1);
    for (table, left) in [
        ("workflow_runs", 1),
        ("workflow_log", 1),
        ("workflow_effects", 1),
        ("workflow_known", 1),
        ("workflow_refusals", 1),
        ("workflow_mail_stops", 0),
        ("timers", 1),
    ] {
        assert_eq!(scratch.rows(table).len(), left, "{table}");
    }
}
