//! Single events: what blocks, and when.

use crate::{event, november};

#[test]
fn an_event_blocks_from_its_start_to_its_end() {
    for (lines, expected) in [
        ("DTSTART:20261110T090000Z\nDTEND:20261110T100000Z", "2026-11-10T09:00Z/2026-11-10T10:00Z"),
        (
            "DTSTART;TZID=America/New_York:20261110T090000\nDTEND;TZID=America/New_York:20261110T093000",
            "2026-11-10T14:00Z/2026-11-10T14:30Z",
        ),
        // Without a zone it is the owner's.
        ("DTSTART:20261110T090000\nDURATION:PT45M", "2026-11-10T08:00Z/2026-11-10T08:45Z"),
        ("DTSTART;VALUE=DATE:20261110", "2026-11-10/2026-11-11"),
        ("DTSTART;VALUE=DATE:20261110\nDTEND;VALUE=DATE:20261113", "2026-11-10/2026-11-13"),
        ("DTSTART;VALUE=DATE:20261110\nDURATION:P2D", "2026-11-10/2026-11-12"),
        // Over several days, and into the window.
        ("DTSTART:20261030T220000Z\nDTEND:20261102T060000Z", "2026-10-30T22:00Z/2026-11-02T06:00Z"),
        // Folded lines.
        ("DTSTART:20261110T09\n 0000Z\nDTEND:20261110T100000Z", "2026-11-10T09:00Z/2026-11-10T10:00Z"),
    ] {
        // Lines that begin with a space are folded: they must keep it.
        let component = event(lines);
        let text = format!("BEGIN:VCALENDAR\r\n{}\r\nEND:VCALENDAR\r\n", component.replace('\n', "\r\n"));
        let found = crate::blocks_of(&text, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
        assert_eq!(found, [expected], "{lines}");
    }
}

#[test]
fn what_is_free_declined_or_cancelled_blocks_nothing() {
    let time = "DTSTART:20261110T090000Z\nDTEND:20261110T100000Z";
    let blocks = |lines: &str| november(&[&event(&format!("{time}\n{lines}"))]).len();
    for lines in [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "status: Canceled",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ann@acme.example",
        "TRANSP: transparent",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ann.lee@acme.example",
        "ATTENDEE;PARTSTAT=DECLINED;EMAIL=ann@acme.example:urn:uuid:7",
        "ATTENDEE;CN=\"Ann \\\"Boss\\\" Lee\";PARTSTAT=DECLINED:mailto:ann@acme.example",
        "ATTENDEE;CN=\"Ann: Lee\";PARTSTAT=declined:MAILTO:Ann@Acme.example",
    ] {
        assert_eq!(blocks(lines), 0, "{lines}");
    }
    for lines in [
        "TRANSP:OPAQUE",
        "TRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ann.lee@acme.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@acme.example",
        "STATUS:TENTATIVE",
        "STATUS:CONFIRMED",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:bob@acme.example",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ann@acme.example",
    ] {
        assert_eq!(blocks(lines), 1, "{lines}");
    }
}

#[test]
fn events_outside_the_window_and_without_length_are_left_out() {
    for lines in [
        "DTSTART:20261031T220000Z\nDTEND:20261101T000000Z",
        "DTSTART:20261201T000000Z\nDTEND:20261201T010000Z",
        "DTSTART;VALUE=DATE:20261202",
    ] {
        assert_eq!(november(&[&event(lines)]), [""; 0], "{lines}");
    }
    let point = november(&[&event("DTSTART:20261110T090000Z")]);
    assert_eq!(point, ["2026-11-10T09:00Z/2026-11-10T09:00Z"], "of no length: scheduling lets it block nothing");
}

#[test]
fn tasks_and_alarms_are_no_events() {
    let task = "BEGIN:VTODO\nUID:t\nDTSTART:20261110T090000Z\nDUE:20261110T100000Z\nEND:VTODO";
    let alarm = "DTSTART:20261111T090000Z\nDTEND:20261111T100000Z\nBEGIN:VALARM\nTRIGGER:-PT10M\nACTION:DISPLAY\nDESCRIPTION:x\nEND:VALARM";
    assert_eq!(november(&[task, &event(alarm)]), ["2026-11-11T09:00Z/2026-11-11T10:00Z"]);
}

#[test]
fn lengths_that_are_not_allowed_are_what_programs_show() {
    for (lines, expected) in [
        ("DTSTART;VALUE=DATE:20261110\nDTEND;VALUE=DATE:20261110", "2026-11-10/2026-11-11"),
        ("DTSTART;VALUE=DATE:20261110\nDURATION:PT25H", "2026-11-10/2026-11-12"),
        ("DTSTART;VALUE=DATE:20261110\nDURATION:PT0S", "2026-11-10/2026-11-11"),
        ("DTSTART;VALUE=DATE:20261110\nDTEND:20261111T120000", "2026-11-10/2026-11-12"),
        ("DTSTART;VALUE=DATE:20261110T000000\nDTEND;VALUE=DATE:20261112T000000", "2026-11-10/2026-11-12"),
        // With the last day: it may be meant.
        ("DTSTART:20261110T090000Z\nDTEND;VALUE=DATE:20261111", "2026-11-10T09:00Z/2026-11-12T00:00Z"),
        ("DTSTART:20261110T090000Z\nDURATION:P1W", "2026-11-10T09:00Z/2026-11-17T09:00Z"),
        ("DTSTART:20261110T090000Z\nDURATION:+pt90m", "2026-11-10T09:00Z/2026-11-10T10:30Z"),
        // Of both the later one.
        ("DTSTART:20261110T090000Z\nDTEND:20261110T093000Z\nDURATION:PT2H", "2026-11-10T09:00Z/2026-11-10T11:00Z"),
        ("DTSTART:20261110T090000Z\nDTEND:20261110T120000Z\nDURATION:PT2H", "2026-11-10T09:00Z/2026-11-10T12:00Z"),
    ] {
        assert_eq!(november(&[&event(lines)]), [expected], "{lines}");
    }
}

#[test]
fn times_are_read_in_any_spelling() {
    for start in [
        "DTSTART:20261110T090000Z",
        "DTSTART:20261110T0900Z",
        "DTSTART:2026-11-10T09:00:00Z",
        "DTSTART:2026-11-10T09:00:00.000Z",
        "DTSTART:20261110t090000z",
        "DTSTART: 20261110T090000Z ",
        "DTSTART;VALUE=DATE-TIME:20261110T100000+0100",
        "DTSTART;TZID=:20261110T100000",
        "DTSTART;TZID=Nowhere:20261110T090000Z",
        "DTSTART;tzid=\"europe/berlin\":20261110T100000",
    ] {
        let lines = format!("{start}\nDURATION:PT1H");
        assert_eq!(november(&[&event(&lines)]), ["2026-11-10T09:00Z/2026-11-10T10:00Z"], "{start}");
    }
}

#[test]
fn whole_days_over_a_change_of_the_clock_stay_days() {
    let lines = "DTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261026";
    let found = crate::blocks_of(&crate::calendar(&[&event(lines)]), "2026-10-25T12:00:00Z", "2026-10-25T23:30:00Z");
    assert_eq!(found, ["2026-10-24/2026-10-26"]);
    // After the midnight of their owner they are over.
    let after = crate::blocks_of(&crate::calendar(&[&event(lines)]), "2026-10-25T23:00:00Z", "2026-10-25T23:30:00Z");
    assert_eq!(after, [""; 0]);
}
