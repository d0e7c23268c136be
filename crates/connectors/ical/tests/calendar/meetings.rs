//! The events of meetings, as their owners and other programs change them.

use crate::{at, calendar, event};
use knock_ical::{MeetingTime, meeting};
use knock_scheduling::Span;
use proptest::prelude::*;

/// The event `one` with these lines.
fn read(lines: &str) -> Option<MeetingTime> {
    meeting(calendar(&[&event(lines)]).as_bytes(), "one")
}

fn span(start: &str, end: &str) -> Span {
    Span { start: at(start), end: at(end) }
}

#[test]
fn a_time_is_known_where_it_is_exact() {
    let expected = span("2026-11-12T08:00:00Z", "2026-11-12T08:45:00Z");
    for lines in [
        "DTSTART:20261112T080000Z\nDTEND:20261112T084500Z",
        "DTSTART;TZID=Europe/Berlin:20261112T090000\nDURATION:PT45M",
        "DTSTART;TZID=Europe/Berlin:20261112T090000\nDTEND;TZID=Europe/London:20261112T084500",
        "DTSTART;TZID=W. Europe Standard Time:20261112T090000\nDTEND;TZID=W. Europe Standard Time:20261112T094500",
        "DTSTART:20261112T080000Z\nDTEND:20261112T084500Z\nTRANSP:TRANSPARENT",
    ] {
        assert_eq!(read(lines), Some(MeetingTime::At { span: expected, declined: Vec::new() }), "{lines}");
    }
}

#[test]
fn any_doubt_about_a_time_is_no_time() {
    for lines in [
        "DTSTART;VALUE=DATE:20261112",
        "DTSTART;VALUE=DATE:20261112\nDTEND;VALUE=DATE:20261113",
        "DTSTART:20261112T080000Z\nDTEND:20261112T084500Z\nRRULE:FREQ=WEEKLY;COUNT=2",
        "DTSTART:20261112T080000Z\nDTEND:20261112T084500Z\nRDATE:20261113T080000Z",
        "DTSTART:20261112T080000Z\nDTEND:20261112T084500Z\nRECURRENCE-ID:20261111T080000Z",
        "DTSTART:20261112T080000\nDTEND:20261112T084500",
        "DTSTART;TZID=Nowhere/Else:20261112T080000\nDURATION:PT45M",
        "DTSTART:20261112T080000Z\nDTEND:soon",
        "DTSTART:20261112T080000Z\nDTEND;VALUE=DATE:20261112",
        "DTSTART:20261112T080000Z\nDTEND:20261112T084500Z\nDURATION:PT2H",
        "DTSTART:20261112T080000Z\nDTEND:20261112T070000Z",
        "DTSTART:20261112T080000Z\nDTEND:20261112T080000Z",
        "DTSTART:20261112T080000Z\nDTSTART:20261113T080000Z\nDURATION:PT45M",
        "DTSTART:20261112T080000Z",
        "DTSTART:29261112T080000Z\nDURATION:PT45M",
        "DTEND:20261112T084500Z",
        "TRANSP:TRANSPARENT\nDTSTART:soon",
    ] {
        assert_eq!(read(lines), Some(MeetingTime::Unclear), "{lines}");
    }
    let times = "DTSTART:20261112T080000Z\nDTEND:20261112T084500Z";
    let twice = calendar(&[&event(times), &event("DTSTART:20261113T080000Z\nDURATION:PT45M")]);
    assert_eq!(meeting(twice.as_bytes(), "one"), Some(MeetingTime::Unclear), "two events of one UID");
    assert_eq!(meeting(b"\xff\xfe\x00", "one"), Some(MeetingTime::Unclear), "it may be in what cannot be read");
}

#[test]
fn events_that_are_cancelled_or_another_are_not_there() {
    let times = "DTSTART:20261112T080000Z\nDTEND:20261112T084500Z";
    assert_eq!(read(&format!("{times}\nSTATUS:CANCELLED")), Some(MeetingTime::Cancelled));
    assert_eq!(read("STATUS:cancelled"), Some(MeetingTime::Cancelled), "whenever it was");
    let object = calendar(&[&event(&format!("{times}\nDESCRIPTION:another"))]);
    assert_eq!(meeting(object.as_bytes(), "another"), None);
    assert_eq!(meeting(calendar(&[]).as_bytes(), "one"), None);
}

#[test]
fn guests_that_declined_are_named_by_their_addresses() {
    let lines = "DTSTART:20261112T080000Z\nDURATION:PT45M\n\
        ATTENDEE;CN=\"Zoe: 5\\\" wide\";PARTSTAT=declined:MAILTO:Zoe@Hollis.example\n\
        ATTENDEE;PARTSTAT=DECLINED;EMAIL=max@hollis.example:/principals/max/\n\
        ATTENDEE;PARTSTAT=DECLINED:mailto:zoe@hollis.example\n\
        ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@acme.example\n\
        ATTENDEE:mailto:eve@acme.example";
    let Some(MeetingTime::At { declined, .. }) = read(lines) else { panic!("it is there") };
    assert_eq!(declined, ["max@hollis.example", "zoe@hollis.example"]);
}

proptest! {
    #[test]
    fn no_object_takes_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..300), lines in "[ -~\n]{0,200}") {
        drop(meeting(&bytes, "one"));
        drop(read(&lines));
    }
}
