//! Busy blocks of a calendar remove slots; an unreachable calendar removes all of them.

use super::{ANN, MINUTE, connects, health, start};
use crate::meetings::{Office, TUESDAY_TEN};
use knock_testing::CalendarServer;
use serde_json::json;

/// The starts of the first days of June.
fn starts(office: &Office) -> Vec<String> {
    office.starts(ANN, "&from=2026-06-02&to=2026-06-17")
}

#[test]
fn events_of_a_connected_calendar_take_slots() {
    let (office, server) = (Office::of(start(&[])), CalendarServer::start());
    server.has("day", "DTSTART;VALUE=DATE:20260603\nDTEND;VALUE=DATE:20260604");
    server.has("free", "DTSTART:20260602T090000Z\nDTEND:20260602T100000Z\nTRANSP:TRANSPARENT");
    server.has(
        "weekly",
        "DTSTART;TZID=Europe/Berlin:20260526T100000\nDTEND;TZID=Europe/Berlin:20260526T103000\n\
         RRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Berlin:20260609T100000",
    );
    connects(&office, &server, "");
    let slots = starts(&office);
    let is_offered = |start: &str| slots.iter().any(|slot| slot == start);
    assert!(!is_offered(TUESDAY_TEN), "every Tuesday at ten: {slots:?}");
    assert!(is_offered("2026-06-02T08:30:00Z"), "touching is free: {slots:?}");
    assert!(is_offered("2026-06-02T09:00:00Z"), "a transparent event blocks nothing: {slots:?}");
    assert!(is_offered("2026-06-09T08:00:00Z"), "without the one that was taken out: {slots:?}");
    assert!(!is_offered("2026-06-16T08:00:00Z"), "{slots:?}");
    assert!(!slots.iter().any(|slot| slot.starts_with("2026-06-03")), "a whole day: {slots:?}");
    let taken = office.books(1, ANN, TUESDAY_TEN);
    assert_eq!(taken.code, 409, "it is asked again when it is booked: {}", taken.body);

    // Busy blocks are cached for a minute.
    server.has("new", "DTSTART:20260604T080000Z\nDTEND:20260604T083000Z");
    office.knock.advance(2 * MINUTE);
    assert!(!starts(&office).iter().any(|slot| slot == "2026-06-04T08:00:00Z"));
}

#[test]
fn a_calendar_that_cannot_be_read_is_never_free() {
    let (office, mut server) = (Office::of(start(&[])), CalendarServer::start());
    assert!(starts(&office).iter().any(|slot| slot == TUESDAY_TEN), "without a calendar the working hours count");
    connects(&office, &server, "");
    assert!(starts(&office).iter().any(|slot| slot == TUESDAY_TEN));
    server.stop();
    office.knock.advance(2 * MINUTE);
    assert_eq!(starts(&office), [""; 0]);
    let health = self::health(&office);
    assert!(health["problem"].as_str().is_some_and(|problem| !problem.is_empty()), "{health}");
    assert!(health["problem_since"].as_i64().is_some(), "{health}");
    assert_eq!(office.slots(ANN, "")["is_unreachable"], json!(true), "it says so");
    let settings = |value: &str| {
        let change = json!({"unreachable_calendar": value});
        let reply = office.admin.ask(&office.knock, "PUT", "/api/v1/settings/meetings", &change);
        assert_eq!(reply.code, 200, "{}", reply.body);
    };
    settings("offer");
    assert!(starts(&office).iter().any(|slot| slot == TUESDAY_TEN), "the workspace wants it so");
    settings("block");
    assert_eq!(starts(&office), [""; 0]);
    server.resume();
    office.knock.advance(2 * MINUTE);
    assert!(starts(&office).iter().any(|slot| slot == TUESDAY_TEN));
    assert_eq!(self::health(&office)["problem"], json!(""));

    server.has("broken", "DTSTART;TZID=Nowhere/Else:20260605T090000\nDURATION:PT1H");
    office.knock.advance(2 * MINUTE);
    let left = starts(&office);
    assert!(!left.is_empty(), "the other days are offered");
    assert!(left.iter().all(|slot| !slot.starts_with("2026-06-05")), "what cannot be understood is not free: {left:?}");
}
