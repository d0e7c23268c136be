//! Answers of the team to what reps did to the events of meetings in their own calendars.

use super::{Office, TUESDAY_TEN};
use crate::support::Reply;
use knock_model::{CalendarAccountId, MeetingId, Millis};
use knock_ports::{EntryChange, EntryWaits, WrittenEntry};
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";
const TUESDAY_TEN_MS: i64 = 1_780_387_200_000;
const HALF_AN_HOUR: i64 = 1_800_000;

/// An office with a meeting on Tuesday at ten; its id.
fn booked() -> (Office, String) {
    let office = Office::open();
    let booked = office.books(1, ANN, TUESDAY_TEN);
    assert_eq!(booked.code, 201, "{}", booked.body);
    let id = booked.text("meeting");
    (office, id)
}

/// Its owner moved the event to a start, or deleted it, and that waits.
fn waits(office: &Office, meeting: &str, start: Option<i64>) {
    let id = MeetingId::parse(meeting).expect("an id");
    let moved = start.map(|start| (Millis(start), Millis(start + HALF_AN_HOUR)));
    let change = Some(EntryChange { moved, why: EntryWaits::Asked, seen_at: Millis(office.knock.now()) });
    let stored = office.knock.store().write(&mut |ledger| {
        let mut meeting = ledger.meeting(id)?.expect("booked");
        meeting.details.entries = vec![WrittenEntry {
            account: CalendarAccountId::new([7; 16]),
            member: meeting.owner,
            calendar: "primary".to_owned(),
            sequence: meeting.sequence,
            is_declined: true,
            change: change.clone(),
        }];
        ledger.save_meeting(&meeting)
    });
    stored.expect("stored");
}

fn patch(office: &Office, meeting: &str, change: &Value) -> Reply {
    office.admin.ask(&office.knock, "PATCH", &format!("/api/v1/meetings/{meeting}"), change)
}

fn answers(office: &Office, meeting: &str, word: &str) -> Reply {
    patch(office, meeting, &json!({"calendar_change": word}))
}

#[test]
fn a_move_that_waits_is_shown_and_applied() {
    let (office, id) = booked();
    let later = TUESDAY_TEN_MS + 2 * HALF_AN_HOUR;
    waits(&office, &id, Some(later));
    let shown = office.meetings().remove(0);
    let change = &shown["calendar_change"];
    assert_eq!((&shown["start_at"], &shown["is_declined"]), (&json!(TUESDAY_TEN_MS), &json!(true)), "{shown}");
    assert_eq!((&change["start_at"], &change["end_at"]), (&json!(later), &json!(later + HALF_AN_HOUR)), "{shown}");
    assert_eq!((&change["reason"], &change["member"]), (&json!("asked"), &shown["owner"]), "{shown}");

    let applied = answers(&office, &id, "apply");
    assert_eq!((applied.code, &applied.body["start_at"]), (200, &json!(later)), "{}", applied.body);
    assert_eq!(applied.body["calendar_change"], Value::Null);
    assert_eq!(office.contact(ANN)["meetings"]["meeting_time"], json!(later));
    let log = office.knock.get("/api/v1/audit?action=meeting.changed", &office.key).body["entries"].clone();
    assert_eq!((&log[0]["after"]["what"], &log[0]["after"]["in"]), (&json!("moved"), &json!("calendar")), "{log}");
    assert_eq!(answers(&office, &id, "apply").code, 409, "once");
}

#[test]
fn a_deletion_that_waits_cancels_the_meeting_or_is_undone() {
    let (office, id) = booked();
    waits(&office, &id, None);
    let undone = answers(&office, &id, "undo");
    assert_eq!((undone.code, &undone.body["state"]), (200, &json!("booked")), "{}", undone.body);
    assert_eq!((&undone.body["calendar_change"], &undone.body["start_at"]), (&Value::Null, &json!(TUESDAY_TEN_MS)));
    assert_eq!(office.contact(ANN)["meetings"]["status"], "Meeting Booked");
    waits(&office, &id, None);
    let applied = answers(&office, &id, "apply");
    assert_eq!((applied.code, &applied.body["cancelled_by"]), (200, &json!("Rep")), "{}", applied.body);
    assert_eq!(office.contact(ANN)["meetings"]["status"], "Meeting Cancelled");
}

#[test]
fn an_answer_that_is_not_possible_is_refused_in_words() {
    let (office, id) = booked();
    for word in ["apply", "undo"] {
        let none = answers(&office, &id, word);
        assert_eq!(none.code, 409, "{}", none.body);
        assert!(none.text("detail").starts_with("No change in a calendar waits"), "{}", none.body);
    }
    let other = "2026-06-02T09:00:00Z";
    assert_eq!(office.books(2, "cat@second.example", other).code, 201);
    for (start, expected) in [
        (TUESDAY_TEN_MS + 2 * HALF_AN_HOUR, "That time is not free"),
        (office.knock.now() - HALF_AN_HOUR, "The time to which it was moved in the calendar is over"),
    ] {
        waits(&office, &id, Some(start));
        let refused = answers(&office, &id, "apply");
        assert_eq!(refused.code, 409, "{}", refused.body);
        assert!(refused.text("detail").starts_with(expected), "{}", refused.body);
        let row = office.knock.get(&format!("/api/v1/meetings/{id}"), &office.key).body;
        assert_eq!(row["calendar_change"]["start_at"], json!(start), "it still waits: {row}");
    }
}

#[test]
fn an_answer_is_one_of_two_words_and_comes_alone() {
    let (office, id) = booked();
    waits(&office, &id, None);
    let unknown = answers(&office, &id, "ask");
    assert_eq!((unknown.code, &unknown.body["errors"][0]["pointer"]), (422, &json!("/calendar_change")));
    for more in [json!({"cancel": ""}), json!({"start_at": TUESDAY_TEN_MS}), json!({"no_show": false})] {
        let mut change = more;
        change["calendar_change"] = "undo".into();
        let refused = patch(&office, &id, &change);
        assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!("")), "{change}");
    }
}
