//! Meetings as events in the calendars of their reps.

use super::{ANN, MINUTE, connects, health, patch, path_of, start};
use crate::meetings::{Office, TUESDAY_TEN};
use knock_testing::{CalendarServer, eventually, found};
use serde_json::json;

/// Waits until a calendar has one event, with all of these lines.
fn until_has(server: &CalendarServer, calendar: &str, lines: &[&str]) -> String {
    found(&format!("{calendar} has one event with {lines:?}"), || {
        let events = server.events(calendar);
        let is_it = |event: &String| lines.iter().all(|line| event.lines().any(|known| known.trim_end() == *line));
        (events.len() == 1).then(|| events.into_iter().find(is_it)).flatten()
    })
}

#[test]
fn a_meeting_is_written_moved_and_taken_out() {
    let (office, mut server) = (Office::of(start(&[])), CalendarServer::start());
    connects(&office, &server, &server.calendar("work"));
    let booked = office.books(1, ANN, TUESDAY_TEN);
    let id = booked.text("meeting");
    let uid = format!("UID:{id}@knock");
    let event = until_has(&server, "work", &[&uid, "DTSTART:20260602T080000Z", "TRANSP:OPAQUE", "SEQUENCE:0"]);
    assert!(event.contains("Ann Lee <ann@first.example>"), "{event}");
    assert!(!event.contains("METHOD") && !event.contains("ATTENDEE") && !event.contains("ORGANIZER"), "{event}");

    // The meeting's own event does not block it: it covers half of the new time.
    office.knock.advance(2 * MINUTE);
    let slots = office.starts(ANN, "&from=2026-06-02&to=2026-06-03");
    assert!(!slots.iter().any(|slot| slot == TUESDAY_TEN), "the meeting itself blocks: {slots:?}");
    patch(&office, &id, &json!({"start_at": 1_780_388_100_000_i64}));
    until_has(&server, "work", &[&uid, "DTSTART:20260602T081500Z", "SEQUENCE:1"]);

    // The calendar server is stopped while the meeting is cancelled.
    server.stop();
    office.knock.advance(2 * MINUTE);
    patch(&office, &id, &json!({"cancel": "Bo is ill"}));
    server.resume();
    eventually("the event is gone", || server.events("work").is_empty());
}

#[test]
fn meetings_follow_the_calendar_that_they_are_written_into() {
    let (office, server) = (Office::of(start(&[])), CalendarServer::start());
    server.add("other");
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    let uid = format!("UID:{id}@knock");
    // Booked before the calendar was connected.
    let account = connects(&office, &server, &server.calendar("work"));
    until_has(&server, "work", &[&uid]);
    let change = json!({"events_in": server.calendar("other")});
    assert_eq!(office.admin.ask(&office.knock, "PATCH", &path_of(&account), &change).code, 200);
    until_has(&server, "other", &[&uid]);
    eventually("it is in no other", || server.events("work").is_empty());
    let bo = office.rep("bo");
    office.knock.advance(2 * MINUTE);
    patch(&office, &id, &json!({"owner": bo}));
    eventually("who no longer takes part has it no more", || server.events("other").is_empty());
}

#[test]
fn a_meeting_that_could_not_be_written_is_written_after_a_test() {
    let (office, server) = (Office::of(start(&[])), CalendarServer::start());
    let account = connects(&office, &server, &server.calendar("work"));
    server.remove("work");
    office.books(1, ANN, TUESDAY_TEN);
    found("it is given up", || (health(&office)["failed"] == 1).then_some(()));
    server.add("work");
    let test = office.admin.ask(&office.knock, "POST", &format!("{}/test", path_of(&account)), &json!(null));
    assert_eq!(test.code, 200, "{}", test.body);
    until_has(&server, "work", &["DTSTART:20260602T080000Z"]);
    found("all are written", || (health(&office)["failed"] == 0).then_some(()));
}

#[test]
fn a_server_that_was_killed_brings_the_calendar_up_to_date() {
    let (mut office, mut server) = (Office::of(start(&[])), CalendarServer::start());
    connects(&office, &server, &server.calendar("work"));
    server.stop();
    // Read a moment ago, the calendar is still cached.
    let id = office.books(1, ANN, TUESDAY_TEN).text("meeting");
    office.knock = office.knock.kill_and_restart();
    server.resume();
    until_has(&server, "work", &[&format!("UID:{id}@knock"), "DTSTART:20260602T080000Z"]);
}
