//! Events that cannot be read: each blocks what it may cover and is named, and the others are read.

use crate::{NOVEMBER, calendar, doubtful, event, read, texts};

const GOOD: &str = "BEGIN:VEVENT\nUID:good\nDTSTART:20261120T090000Z\nDURATION:PT1H\nEND:VEVENT";
const GOOD_BLOCK: &str = "2026-11-20T09:00Z/2026-11-20T10:00Z";
const WHOLE: &str = "2026-11-01T00:00Z/2026-12-01T00:00Z";

#[test]
fn what_it_may_cover_is_blocked_and_named() {
    for (lines, block, named) in [
        ("DTEND:20261110T100000Z", "2026-11-09/2026-11-12", "Secret|2026-11-10|it has no start"),
        ("DTSTART:tomorrow", WHOLE, "Secret||`tomorrow` is neither a date nor a time"),
        ("DTSTART:", WHOLE, "Secret||it has no start"),
        ("DTSTART:20261110T256100", "2026-11-09/2026-11-12", "|2026-11-10|`20261110T256100` is neither"),
        ("DTSTART;VALUE=DATE:20261131", "2026-11-29/2026-12-04", "|2026-11-30|`20261131` is neither"),
        ("DTSTART:20261110T090000Z\nDTEND:soon", "2026-11-10T09:00Z/2026-11-11T23:00Z", "|2026-11-10|its end `soon`"),
        ("DTSTART:20261110T090000Z\nDURATION:soon", "2026-11-10T09:00Z/2026-11-11T23:00Z", "no length of time"),
        ("DTSTART:20261110T090000Z\nDTEND:20261110T080000Z", "2026-11-10T08:00Z/2026-11-10T09:00Z", "ends before"),
        ("DTSTART:20261110T090000Z\nDURATION:-PT1H", "2026-11-10T08:00Z/2026-11-10T09:00Z", "ends before"),
        ("DTSTART:20261110T090000Z\nDTEND:20251110T100000Z", "2026-11-10T09:00Z/2026-11-11T09:00Z", "ends before"),
        ("DTSTART;VALUE=DATE:20261110\nDTEND;VALUE=DATE:20261108", "2026-11-10/2026-11-11", "ends before"),
    ] {
        let (blocks, unread) = doubtful(&[&event(&format!("SUMMARY:Secret\n{lines}")), GOOD]);
        let mut expected = [block.to_owned(), GOOD_BLOCK.to_owned()];
        expected.sort();
        assert_eq!(blocks, expected, "{lines}");
        assert!(unread.len() == 1 && unread[0].contains(named), "{lines}: {unread:?}");
    }
}

#[test]
fn what_blocks_nothing_needs_no_time() {
    for lines in ["DTSTART:soon\nTRANSP:TRANSPARENT", "STATUS:CANCELLED"] {
        assert_eq!(doubtful(&[&event(lines), GOOD]), (vec![GOOD_BLOCK.to_owned()], vec![]), "{lines}");
    }
}

#[test]
fn what_lies_elsewhere_is_not_named() {
    let far = event("DTSTART;TZID=Nowhere:20250110T090000\nDURATION:PT1H");
    assert_eq!(doubtful(&[&far, GOOD]), (vec![GOOD_BLOCK.to_owned()], vec![]));
}

#[test]
fn an_event_in_a_skipped_hour_costs_no_other() {
    let skipped = event("DTSTART;TZID=Europe/Berlin:20260329T023000\nDTEND;TZID=Europe/Berlin:20260329T030000");
    let found = read(calendar(&[&skipped]).as_bytes(), "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
    assert_eq!(texts(&found.blocks), ["2026-03-29T01:00Z/2026-03-29T01:30Z"]);
}

#[test]
fn content_without_anything_readable_blocks_all() {
    for text in ["<html>Sign in</html>", "x", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"] {
        let found = read(text.as_bytes(), NOVEMBER.0, NOVEMBER.1);
        assert_eq!(texts(&found.blocks), [WHOLE], "{text}");
        assert_eq!(found.unread.len(), 1, "{text}");
    }
    let task = calendar(&["BEGIN:VTODO\nUID:t\nEND:VTODO"]);
    assert_eq!(read(task.as_bytes(), NOVEMBER.0, NOVEMBER.1).blocks, []);
}

#[test]
fn a_calendar_that_breaks_off_blocks_the_days_of_its_last_event() {
    let whole = calendar(&[GOOD, &event("SUMMARY:Cut\nDTSTART:20261110T090000Z\nDURATION:PT1H")]);
    let cut = whole.split("DURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR").next().expect("a part");
    let found = read(cut.as_bytes(), NOVEMBER.0, NOVEMBER.1);
    assert_eq!(texts(&found.blocks), ["2026-11-09/2026-11-12", GOOD_BLOCK]);
    assert_eq!((found.unread.len(), &*found.unread[0].title), (1, "Cut"));
    // Without its own end alone, all is there.
    let open = whole.replace("END:VCALENDAR\r\n", "");
    assert_eq!(read(open.as_bytes(), NOVEMBER.0, NOVEMBER.1).unread, []);
}

#[test]
fn of_several_starts_each_is_blocked() {
    let (blocks, unread) = doubtful(&[&event("DTSTART:20261110T090000Z\nDTSTART:20261111T090000Z\nDURATION:PT1H")]);
    assert_eq!(blocks, ["2026-11-10T09:00Z/2026-11-10T10:00Z", "2026-11-11T09:00Z/2026-11-11T10:00Z"]);
    assert!(unread.iter().all(|event| event.contains("more than one start")) && !unread.is_empty(), "{unread:?}");
}

#[test]
fn a_title_is_on_one_line() {
    let (_, unread) = doubtful(&[&event("SUMMARY;LANGUAGE=de:Lunch\\, then\\ncoffee\nDTSTART:20261110T256100")]);
    assert!(unread[0].starts_with("Lunch, then coffee|"), "{unread:?}");
}
