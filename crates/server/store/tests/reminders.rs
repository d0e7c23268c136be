//! Reminders of members: kept, due in order, moved by a merge, gone with their member.

use knock_model::{LeadId, Millis, ReminderId, RepId};
use knock_ports::{Ledger, Reminder, Store, StoreError, Subject};
use knock_store::Scratch;
use std::sync::Arc;

const ANN: LeadId = LeadId::from_bytes([1; 16]);
const BOB: LeadId = LeadId::from_bytes([2; 16]);

fn reminder(number: u8, lead: LeadId, member: u8, due_at: i64) -> Reminder {
    Reminder {
        id: ReminderId::from_bytes([number; 16]),
        lead,
        member: RepId::from_bytes([member; 16]),
        due_at: Millis(due_at),
        text: "Ask about the budget".into(),
        created_at: Millis(1),
        fired_at: None,
    }
}

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn about(store: &Arc<dyn Store>, lead: LeadId) -> Vec<Reminder> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.reminders_about(lead)?;
        Ok(())
    });
    read.expect("it is read");
    found
}

#[test]
fn reminders_of_a_lead_are_listed_by_the_instant_at_which_they_are_due() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (late, soon) = (reminder(1, ANN, 8, 50), reminder(2, ANN, 9, 40));
    write(&store, |ledger| {
        [&late, &soon, &reminder(3, BOB, 8, 10)].into_iter().try_for_each(|reminder| ledger.save_reminder(reminder))
    });
    assert_eq!(about(&store, ANN), [soon.clone(), late.clone()]);
    let fired = Reminder { fired_at: Some(Millis(41)), ..soon.clone() };
    write(&store, |ledger| {
        ledger.save_reminder(&fired)?;
        assert_eq!(ledger.reminder(soon.id)?.as_ref(), Some(&fired));
        ledger.drop_reminder(late.id)
    });
    assert_eq!(about(&store, ANN), [fired]);
}

#[test]
fn a_merge_moves_reminders_and_a_removed_member_has_none() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        ledger.save_reminder(&reminder(1, ANN, 8, 50))?;
        ledger.save_reminder(&reminder(2, BOB, 9, 40))?;
        ledger.set_timer(Subject::Reminder(ANN), Some(Millis(50)))?;
        ledger.merge_leads(ANN, BOB)?;
        assert_eq!(ledger.due_timers(Millis(99), 9)?, [], "who merges sets the timer of the lead that stays");
        Ok(())
    });
    assert_eq!(about(&store, BOB), [reminder(2, BOB, 9, 40), reminder(1, BOB, 8, 50)]);
    write(&store, |ledger| ledger.drop_reminders_of(RepId::from_bytes([8; 16])));
    assert_eq!(about(&store, BOB), [reminder(2, BOB, 9, 40)]);
}
