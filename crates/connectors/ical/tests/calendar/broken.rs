//! Unreadable parts never count as free time.

use crate::{blocks_of, calendar, event};

#[test]
fn an_event_that_cannot_be_read_is_named() {
    for (lines, reason) in [
        ("DTEND:20261110T100000Z", "has no DTSTART"),
        ("DTSTART:tomorrow", "neither a date nor a time"),
        ("DTSTART;TZID=Nowhere/Else:20261110T090000\nDURATION:PT1H", "`Nowhere/Else` is not known"),
        ("DTSTART:20261110T090000Z\nDTEND:20261110T080000Z", "ends before it begins"),
        ("DTSTART:20261110T090000Z\nDURATION:-PT1H", "runs backwards"),
        ("DTSTART:20261110T090000Z\nDURATION:soon", "no length of time"),
        ("DTSTART:20261110T090000Z\nDURATION:PT1H\nRRULE:FREQ=SOMETIMES", "cannot be used"),
        ("DTSTART:20261110T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=never", "no end of a rule"),
        ("DTSTART:20261110T090000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY", "repeats more than"),
    ] {
        let read = blocks_of(&calendar(&[&event(lines)]), "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
        let wrong = read.expect_err(lines);
        assert_eq!(wrong.uid, "one");
        assert!(wrong.to_string().contains(reason), "{lines}: {wrong}");
    }
}

#[test]
fn what_is_no_calendar_is_unreadable() {
    for text in ["<html>Sign in</html>", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\n"] {
        let wrong = blocks_of(text, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z").expect_err(text);
        assert!(wrong.to_string().starts_with("the calendar cannot be read"), "{wrong}");
    }
}
