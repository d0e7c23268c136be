//! Descriptions of time zones, with rules and lists of their own.

use crate::{blocks_of, calendar, event, read, texts};

/// One observance: its kind, first change, offsets, and how it repeats.
fn observance(kind: &str, first: &str, from: &str, to: &str, repeats: &str) -> String {
    format!("BEGIN:{kind}\nDTSTART:{first}\nTZOFFSETFROM:{from}\nTZOFFSETTO:{to}\n{repeats}\nEND:{kind}\n")
}

fn zone(name: &str, observances: &[String]) -> String {
    format!("BEGIN:VTIMEZONE\nTZID:{name}\n{}END:VTIMEZONE", observances.concat())
}

/// Central European time with these rules.
fn central(name: &str, winter: &str, summer: &str) -> String {
    let winter = observance("STANDARD", "19961027T030000", "+0200", "+0100", winter);
    zone(name, &[winter, observance("DAYLIGHT", "19810329T020000", "+0100", "+0200", summer)])
}

/// The UTC times of ten o'clock on a day.
fn ten(zone: &str, name: &str, day: &str) -> Vec<String> {
    let event = event(&format!("DTSTART;TZID={name}:{day}T100000\nDTEND;TZID={name}:{day}T110000"));
    blocks_of(&calendar(&[zone, &event]), "2026-01-01T00:00:00Z", "2029-01-01T00:00:00Z")
}

#[test]
fn rules_of_any_kind_hold_while_they_say_so() {
    for (name, winter, summer) in [
        ("last Sunday", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
        (
            "days of the month",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU",
        ),
        (
            "an end in the future",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20371025T010000Z",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20370329T010000Z",
        ),
        (
            "lists",
            "RDATE:20251026T030000,20261025T030000\nRDATE:20271031T030000",
            "RDATE:20260329T020000,20270328T020000,20280326T020000",
        ),
        (
            "the place of a set",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=SU;BYSETPOS=-1",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYSETPOS=-1",
        ),
        ("a day of the year", "RRULE:FREQ=YEARLY;BYYEARDAY=300", "RRULE:FREQ=YEARLY;BYYEARDAY=88"),
    ] {
        let zone = central("Head Office", winter, summer);
        assert_eq!(ten(&zone, "Head Office", "20270712"), ["2027-07-12T08:00Z/2027-07-12T09:00Z"], "{name}");
        assert_eq!(ten(&zone, "Head Office", "20270112"), ["2027-01-12T09:00Z/2027-01-12T10:00Z"], "{name}");
        assert_eq!(ten(&zone, "Head Office", "20271112"), ["2027-11-12T09:00Z/2027-11-12T10:00Z"], "{name}");
    }
}

#[test]
fn a_rule_that_has_ended_leaves_its_last_change() {
    // Daylight saving time until 2010, and since then standard time.
    let old = central(
        "Old",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20101031T010000Z",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20100328T010000Z",
    );
    assert_eq!(ten(&old, "Old", "20270712"), ["2027-07-12T09:00Z/2027-07-12T10:00Z"]);
}

#[test]
fn an_abbreviation_means_what_its_calendar_describes() {
    let winter = observance("STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU");
    let summer = observance("DAYLIGHT", "20070311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU");
    for name in ["MST", "EST", "GMT", "CET"] {
        let zone = zone(name, &[winter.clone(), summer.clone()]);
        assert_eq!(ten(&zone, name, "20270712"), ["2027-07-12T14:00Z/2027-07-12T15:00Z"], "{name}");
    }
}

#[test]
fn names_are_compared_without_escapes_spaces_and_case() {
    let rules = ("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU");
    for (described, named) in [
        (" 1", " 1"),
        ("Nice\\, here", "\"Nice, here\""),
        ("Nice\\, here", "\"Nice\\, here\""),
        ("Head  Office", "head office"),
        ("\"Head Office\"", "Head Office"),
        // The only description of an object is the one that is meant.
        ("Europe/Berlin", "(GMT +1)"),
        ("Here", "There"),
    ] {
        let zone = central(described, rules.0, rules.1);
        assert_eq!(ten(&zone, named, "20270712"), ["2027-07-12T08:00Z/2027-07-12T09:00Z"], "{described} {named}");
    }
}

#[test]
fn of_a_description_that_cannot_be_read_the_offsets_are_bounds() {
    let zone = central("Head Office", "RRULE:FREQ=SOMETIMES", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU");
    let event = event("DTSTART;TZID=Head Office:20270712T100000\nDURATION:PT1H");
    let found = read(calendar(&[&zone, &event]).as_bytes(), "2027-07-01T00:00:00Z", "2027-08-01T00:00:00Z");
    assert_eq!(texts(&found.blocks), ["2027-07-12T08:00Z/2027-07-12T10:00Z"]);
    assert_eq!(found.unread.len(), 1);
}

#[test]
fn offsets_are_read_in_any_spelling() {
    for offset in ["+0545", "+05:45", "0545", "+054500"] {
        let fixed = zone("Fixed", &[observance("STANDARD", "19700101T000000", offset, offset, "X:1")]);
        assert_eq!(ten(&fixed, "Fixed", "20270112"), ["2027-01-12T04:15Z/2027-01-12T05:15Z"], "{offset}");
    }
}
