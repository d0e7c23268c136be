//! Slots beside each kind of event in a rep's calendar, read from a real calendar server.

use super::{ANN, MINUTE, connects, health, start};
use crate::meetings::Office;
use jiff::Timestamp;
use knock_testing::CalendarServer;
use serde_json::{Value, json};

/// An event of a calendar, and its busy blocks: from an instant until another, in UTC.
struct Case {
    name: &'static str,
    /// Components of a `VCALENDAR`.
    object: String,
    blocks: &'static [(&'static str, &'static str)],
}

/// One event by its lines.
fn event(name: &'static str, lines: &str, blocks: &'static [(&'static str, &'static str)]) -> Case {
    Case { name, object: vevent(lines), blocks }
}

fn vevent(lines: &str) -> String {
    let lines: String = lines.lines().map(|line| format!("{line}\r\n")).collect();
    format!("BEGIN:VEVENT\r\nUID:case\r\nDTSTAMP:20260101T000000Z\r\n{lines}END:VEVENT\r\n")
}

/// A zone in no database, five hours behind UTC and four from March to November.
const OFFICE_TIME: &str = "BEGIN:VTIMEZONE\r\nTZID:Office time\r\n\
    BEGIN:STANDARD\r\nDTSTART:20071104T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nEND:STANDARD\r\n\
    BEGIN:DAYLIGHT\r\nDTSTART:20070311T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

/// The cases; the rep works in Berlin, two hours ahead of UTC in June.
fn cases() -> Vec<Case> {
    const TEN: &[(&str, &str)] = &[("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z")];
    let at_ten = "DTSTART:20260602T080000Z\nDTEND:20260602T090000Z\n";
    let with = |more: &str| format!("{at_ten}{more}");
    let declined = |who: &str| format!("{at_ten}ATTENDEE;PARTSTAT=DECLINED:mailto:{who}");
    let weekdays = "DTSTART;TZID=Europe/Berlin:20260525T100000\nDTEND;TZID=Europe/Berlin:20260525T110000\n\
        RRULE:FREQ=WEEKLY;BYDAY=TU,TH\nEXDATE;TZID=Europe/Berlin:20260604T100000";
    let moved = "RECURRENCE-ID;TZID=Europe/Berlin:20260609T100000\n\
        DTSTART;TZID=Europe/Berlin:20260610T150000\nDTEND;TZID=Europe/Berlin:20260610T160000";
    let in_office_time = vevent("DTSTART;TZID=Office time:20260603T040000\nDTEND;TZID=Office time:20260603T050000");
    vec![
        event("a meeting", at_ten, TEN),
        event(
            "a whole day",
            "DTSTART;VALUE=DATE:20260603\nDTEND;VALUE=DATE:20260604",
            &[("2026-06-02T22:00:00Z", "2026-06-03T22:00:00Z")],
        ),
        event(
            "several whole days",
            "DTSTART;VALUE=DATE:20260603\nDTEND;VALUE=DATE:20260609",
            &[("2026-06-02T22:00:00Z", "2026-06-08T22:00:00Z")],
        ),
        event(
            "from one afternoon to the morning two days later",
            "DTSTART:20260603T130000Z\nDTEND:20260605T090000Z",
            &[("2026-06-03T13:00:00Z", "2026-06-05T09:00:00Z")],
        ),
        event("transparent", &with("TRANSP:TRANSPARENT"), &[]),
        event("tentative", &with("STATUS:TENTATIVE"), TEN),
        event("declined by the rep", &declined("admin@localhost"), &[]),
        event("declined by a guest", &declined("guest@elsewhere.example"), TEN),
        event("cancelled", &with("STATUS:CANCELLED"), &[]),
        event("of the clock of its reader", "DTSTART:20260602T100000\nDURATION:PT1H", TEN),
        Case {
            name: "repeated, one taken out and one moved",
            object: vevent(weekdays) + &vevent(moved),
            blocks: &[
                ("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"),
                ("2026-06-10T13:00:00Z", "2026-06-10T14:00:00Z"),
                ("2026-06-11T08:00:00Z", "2026-06-11T09:00:00Z"),
            ],
        },
        Case {
            name: "in a zone that the calendar describes",
            object: OFFICE_TIME.to_owned() + &in_office_time,
            blocks: &[("2026-06-03T08:00:00Z", "2026-06-03T09:00:00Z")],
        },
    ]
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Whether the half hour from `start` overlaps any of the blocks.
fn is_in(blocks: &[(&str, &str)], start: &str) -> bool {
    let (begins, ends) = (at(start), at(start) + jiff::SignedDuration::from_mins(30));
    blocks.iter().any(|(from, until)| begins < at(until) && at(from) < ends)
}

fn starts(office: &Office) -> Vec<String> {
    office.starts(ANN, "&from=2026-06-02&to=2026-06-13")
}

#[test]
fn a_visitor_is_offered_what_each_kind_of_event_leaves() {
    let (office, server) = (Office::of(start(&[])), CalendarServer::start());
    connects(&office, &server, "");
    let all = starts(&office);
    assert_eq!(all.len(), 9 * 16, "nine days of eight hours");
    for (number, Case { name, object, blocks }) in (10..).zip(cases()) {
        server.holds("case", &object);
        // Busy blocks are cached for a minute, holds last five.
        office.knock.advance(6 * MINUTE);
        assert_eq!(office.gives(number, ANN).body["verdict"], "ok", "{name}");
        let expected: Vec<_> = all.iter().filter(|start| !is_in(blocks, start)).cloned().collect();
        assert_eq!(starts(&office), expected, "{name}");
        // A booking of a slot that is not offered is refused; a booking of one beside it is accepted.
        for (start, _) in blocks.iter().filter(|(start, _)| all.iter().any(|known| known == start)) {
            let refused = office.books(number, ANN, start);
            assert_eq!((refused.code, refused.text("type")), (409, "urn:knock:problem:slot-taken".into()), "{name}");
            let instead = refused.body["slots"].as_array().expect("a list");
            let is_free = |slot: &Value| !is_in(blocks, slot["start"].as_str().expect("a text"));
            assert!(!instead.is_empty() && instead.iter().all(is_free), "{name}: {}", refused.body);
        }
        let free = expected.iter().find(|start| blocks.iter().all(|(_, until)| at(start) >= at(until)));
        let held = office.holds(number, ANN, free.expect("one after it"));
        assert_eq!(held.code, 201, "{name}: {}", held.body);
        let health = health(&office);
        assert_eq!((&health["is_connected"], &health["problem"]), (&json!(true), &json!("")), "{name}: {health}");
    }
    server.lacks("case");
    office.knock.advance(6 * MINUTE);
    assert_eq!(starts(&office), all);
}
