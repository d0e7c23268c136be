//! Many bookings of one slot at once: one succeeds (SC-11).

use super::{Office, TUESDAY_TEN};
use crate::support::Knock;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Books one slot for several visitors at once; the responses.
pub(crate) fn race(office: &Office, visitors: std::ops::Range<u64>) -> Vec<crate::support::Reply> {
    std::thread::scope(|scope| {
        let racing = visitors.map(|visitor| {
            scope.spawn(move || office.books(visitor, &format!("lead{visitor}@first.example"), TUESDAY_TEN))
        });
        racing.collect::<Vec<_>>().into_iter().map(|one| one.join().expect("answered")).collect()
    })
}

pub(crate) fn codes(replies: &[crate::support::Reply], code: u16) -> usize {
    replies.iter().filter(|reply| reply.code == code).count()
}

#[test]
fn of_fifty_at_one_slot_one_gets_it() {
    // Bookings that are under way count, and all of these are of one address.
    let office = Office::of(Knock::start_with(&[("KNOCK_MEETINGS_BOOKINGS_PER_IP", "0")]));
    let replies = race(&office, 1..51);
    assert_eq!((codes(&replies, 201), codes(&replies, 409)), (1, 49));
    for taken in replies.iter().filter(|reply| reply.code == 409) {
        let fresh = taken.body["slots"].as_array().expect("a list");
        assert!(!fresh.is_empty() && fresh.iter().all(|slot| slot["start"] != TUESDAY_TEN), "{}", taken.body);
    }
    let meetings = office.meetings();
    assert_eq!(meetings.len(), 1);
    let booked = office.knock.get("/api/v1/meeting-leads?status=Meeting%20Booked", &office.key).body;
    assert_eq!(booked["leads"].as_array().expect("a list").len(), 1);
    assert_eq!(booked["leads"][0]["lead"], meetings[0]["lead"]);
}

#[test]
fn a_visitor_and_the_team_at_one_slot_get_it_once() {
    let office = Office::of(Knock::start_with(&[("KNOCK_MEETINGS_BOOKINGS_PER_IP", "0")]));
    let draft = json!({"id": "00000000-0000-4000-8000-000000000901", "email": "kim@second.example", "start_at": 1_780_387_200_000_i64});
    let (added, booked) = std::thread::scope(|scope| {
        let by_hand = scope.spawn(|| office.admin.ask(&office.knock, "POST", "/api/v1/meetings", &draft));
        let booked = race(&office, 1..11);
        (by_hand.join().expect("answered"), booked)
    });
    let all: Vec<_> = booked.into_iter().chain([added]).collect();
    assert_eq!((codes(&all, 201), codes(&all, 409), office.meetings().len()), (1, 10, 1));
}

#[test]
fn a_pool_of_three_gives_three_reps() {
    for calendar in ["any", "round_robin"] {
        let office = Office::open();
        let reps = ["bo", "cy", "di"].map(|name| office.rep(name));
        office.offers(calendar, &reps);
        // With round robin all visitors see one rep's slots; after a booking, the next rep's.
        let replies = match calendar {
            "any" => race(&office, 1..7),
            _ => (1..4)
                .map(|visitor| office.books(visitor, &format!("lead{visitor}@first.example"), TUESDAY_TEN))
                .collect(),
        };
        let owners: BTreeSet<String> =
            replies.iter().filter(|reply| reply.code == 201).map(|reply| reply.text("owner")).collect();
        assert_eq!(codes(&replies, 201), 3, "{calendar}");
        assert_eq!(owners.into_iter().collect::<Vec<_>>(), ["bo@us.example", "cy@us.example", "di@us.example"]);
    }
}

#[test]
fn a_meeting_of_all_takes_the_time_of_everybody() {
    let office = Office::open();
    let reps = ["bo", "cy"].map(|name| office.rep(name));
    office.offers("all", &reps);
    let booked = office.books(1, "ann@first.example", TUESDAY_TEN);
    assert_eq!((booked.code, &booked.body["with"]), (201, &json!(["Bo", "Cy"])), "{}", booked.body);
    office.offers("single", &reps[1..]);
    assert_eq!(office.books(2, "cat@second.example", TUESDAY_TEN).code, 409, "Cy is busy then");
}

#[test]
fn the_decision_says_who_and_why() {
    let office = Office::open();
    let reps = ["bo", "cy"].map(|name| office.rep(name));
    office.offers("any", &reps);
    assert_eq!(office.gives(1, "ann@first.example").body["with"], Value::Null, "decided with the slot");
    assert_eq!(office.books(1, "ann@first.example", TUESDAY_TEN).code, 201);
    let decisions = office.contact("ann@first.example")["decisions"].clone();
    let last = decisions.as_array().and_then(|all| all.last()).expect("one");
    assert_eq!((&last["rule_id"], &last["assignee"]), (&json!("default_meeting"), &json!("bo@us.example")), "{last}");
}
