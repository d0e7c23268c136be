//! A meeting entered by hand at a time at which the owner's calendar is busy.

use super::{ANN, connects, start};
use crate::meetings::Office;
use knock_testing::{CalendarServer, found};
use serde_json::json;

#[test]
fn a_busy_time_is_taken_only_on_purpose() {
    let (office, server) = (Office::of(start(&[])), CalendarServer::start());
    server.has("busy", "DTSTART:20260602T080000Z\nDTEND:20260602T090000Z");
    connects(&office, &server, &server.calendar("work"));
    let mut draft =
        json!({"id": "00000000-0000-4000-8000-000000000901", "email": ANN, "start_at": 1_780_387_200_000_i64});
    let taken = office.admin.ask(&office.knock, "POST", "/api/v1/meetings", &draft);
    assert_eq!((taken.code, taken.text("detail")), (409, "That time is taken in the calendar of the owner".into()));
    assert!(office.meetings().is_empty());

    draft["despite_busy"] = true.into();
    let added = office.admin.ask(&office.knock, "POST", "/api/v1/meetings", &draft);
    assert_eq!(added.code, 201, "{}", added.body);
    let uid = format!("UID:{}@knock", added.text("id"));
    found("it is written into the calendar", || {
        let is_it = |event: &String| event.lines().any(|line| line.trim_end() == uid);
        server.events("work").into_iter().find(is_it)
    });
}
