//! Conformance of stores for meetings: no rep is booked twice at one time.

use knock_model::{LeadId, MeetingId, Millis, RepId, VisitorId};
use knock_ports::{Reservation, Store};
use knock_store::Scratch;

const NOON: Millis = Millis(1_780_315_200_000);

fn minutes(count: i64) -> Millis {
    Millis(count * 60_000)
}

fn taken(id: u8, rep: u8, from: i64, to: i64) -> Reservation {
    let (id, rep, lead) = (MeetingId::new([id; 16]), RepId::new([rep; 16]), LeadId::new([9; 16]));
    Reservation { id, rep, lead, start: NOON + minutes(from), end: NOON + minutes(to), hold: None }
}

fn held(id: u8, rep: u8, from: i64, to: i64, until: i64) -> Reservation {
    let hold = Some((VisitorId::from_bytes([id; 16]), NOON + minutes(until)));
    Reservation { hold, ..taken(id, rep, from, to) }
}

fn reserve(store: &dyn Store, wanted: &[Reservation]) -> bool {
    let mut is_taken = false;
    let written = store.write(&mut |ledger| {
        is_taken = ledger.reserve(wanted)?;
        Ok(())
    });
    written.expect("it is written");
    is_taken
}

fn all(store: &dyn Store) -> Vec<Reservation> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.reservations(NOON - Millis::days(9), NOON + Millis::days(9))?;
        Ok(())
    });
    read.expect("it is read");
    found
}

#[test]
fn time_of_a_rep_is_taken_once_and_what_touches_is_free() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert!(reserve(&*store, &[taken(1, 1, 0, 30)]));
    for (from, to) in [(0, 30), (-15, 1), (29, 60), (10, 20), (-60, 90)] {
        assert!(!reserve(&*store, &[taken(2, 1, from, to)]), "{from} to {to}");
    }
    assert!(reserve(&*store, &[taken(2, 2, 0, 30)]), "the time of somebody else");
    assert!(reserve(&*store, &[taken(3, 1, 30, 60)]) && reserve(&*store, &[taken(4, 1, -30, 0)]), "what touches");
    assert_eq!(all(&*store).len(), 4);
}

#[test]
fn a_meeting_of_several_takes_the_time_of_all_or_of_none() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert!(reserve(&*store, &[taken(1, 3, 0, 30)]));
    assert!(!reserve(&*store, &[taken(2, 1, 0, 30), taken(2, 2, 0, 30), taken(2, 3, 0, 30)]));
    assert_eq!(all(&*store), [taken(1, 3, 0, 30)], "nothing of it is left");
    assert!(reserve(&*store, &[taken(3, 1, 0, 30), taken(3, 2, 0, 30)]));
}

#[test]
fn what_is_held_is_free_again_when_it_ran_out_or_is_given_back() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert!(reserve(&*store, &[held(1, 1, 60, 90, 5)]) && reserve(&*store, &[held(2, 2, 60, 90, 6)]));
    assert!(!reserve(&*store, &[taken(3, 1, 60, 90)]));
    store.write(&mut |ledger| ledger.release_expired(NOON + minutes(5))).expect("it is written");
    assert_eq!(all(&*store), [held(2, 2, 60, 90, 6)], "at its instant it has run out");
    assert!(reserve(&*store, &[taken(3, 1, 60, 90)]));
    store.write(&mut |ledger| ledger.release(MeetingId::new([2; 16]))).expect("it is written");
    assert!(reserve(&*store, &[taken(4, 2, 60, 90)]));
}
