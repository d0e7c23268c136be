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
        let found = crate::blocks_of(&text, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z").expect("it can be read");
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
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ann@acme.example",
        "ATTENDEE;CN=\"Ann: Lee\";PARTSTAT=declined:MAILTO:Ann@Acme.example",
    ] {
        assert_eq!(blocks(lines), 0, "{lines}");
    }
    for lines in [
        "TRANSP:OPAQUE",
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
