//! A member is removed: every meeting to come is handed over, however many there are.

use crate::audit::invite;
use crate::meetings::Office;
use crate::story::rep;
use knock_engine::commands::{RemoveMember, SaveRule};
use knock_model::{MeetingId, MeetingState, Millis};
use knock_ports::{Meeting, Store};
use knock_routing::{CalendarMode, Calendars, Funnel, MeetingTarget, Plan, Rule};

/// More than one page of a read.
const CANCELLED: u16 = 600;

#[test]
fn a_meeting_behind_hundreds_of_others_is_handed_over_too() {
    let mut office = Office::open();
    let leaving = invite(&office.story, "bo@us.example");
    office.is_always_available(leaving);
    let reps = vec![leaving.to_string(), rep().to_string()];
    let fallback = MeetingTarget::Calendars(Calendars { mode: CalendarMode::Any, reps, duration_min: None });
    let plan = Plan::Meeting { reject_private_email: false, segments: Vec::new(), fallback };
    let rule = Rule { plan, ..Rule::standard(Funnel::Meeting, "") };
    office.story.change(SaveRule { rule, is_new: false, from: None, by: None, now: office.story.now });
    office.books(1, 0, 3);
    let booked = office.meetings().remove(0);
    assert_eq!(booked.owner, leaving);

    office.story.while_stopped(|store, _| cancelled_before(store, &booked));
    office.story.change(RemoveMember { member: leaving, successor: None, now: office.story.now });
    let after = office.read(|view| view.meeting(booked.id).expect("it reads")).expect("it is stored");
    assert_eq!((after.owner, after.state, after.start), (rep(), MeetingState::Booked, booked.start));
}

/// Stores cancelled meetings of the same owner that start earlier.
fn cancelled_before(store: &dyn Store, booked: &Meeting) {
    let saved = store.write(&mut |ledger| {
        (1..=CANCELLED).try_for_each(|number| {
            let mut id = [0; 16];
            id[..2].copy_from_slice(&number.to_be_bytes());
            let (id, start) = (MeetingId::new(id), booked.start - Millis(i64::from(number)));
            ledger.save_meeting(&Meeting { id, start, state: MeetingState::Cancelled, ..booked.clone() })
        })
    });
    saved.expect("they are saved");
}
