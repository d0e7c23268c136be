//! Several versions of an event, and changed instances of a series.

use crate::{doubtful, event, november};

const SERIES: &str =
    "DTSTART;TZID=Europe/Berlin:20261102T090000\nDTEND;TZID=Europe/Berlin:20261102T100000\nRRULE:FREQ=WEEKLY";

/// The starts in UTC, as days and times.
fn starts(components: &[&str]) -> Vec<String> {
    november(components).iter().map(|block| block[8..16].to_owned()).collect()
}

#[test]
fn the_highest_version_counts() {
    let version =
        |hour: u8, sequence: &str| event(&format!("DTSTART:20261110T{hour:02}0000Z\nDURATION:PT1H\n{sequence}"));
    let first = version(9, "SEQUENCE:0");
    assert_eq!(starts(&[&first, &version(13, "SEQUENCE:1")]), ["10T13:00"]);
    assert_eq!(starts(&[&version(13, "SEQUENCE:2"), &first]), ["10T13:00"]);
    assert_eq!(starts(&[&version(13, "SEQUENCE:10"), &version(9, "SEQUENCE:9")]), ["10T13:00"]);
    // Of two that claim the same, both.
    assert_eq!(starts(&[&first, &version(13, "")]), ["10T09:00", "10T13:00"]);
    let other = version(13, "SEQUENCE:1").replace("UID:one", "UID:two");
    assert_eq!(starts(&[&first, &other]), ["10T09:00", "10T13:00"]);
}

#[test]
fn a_changed_instance_changes_one_or_all_later_ones() {
    let changed = |lines: &str| event(lines);
    for (lines, expected) in [
        (
            "RECURRENCE-ID;TZID=Europe/Berlin:20261116T090000\nDTSTART;TZID=Europe/Berlin:20261116T130000\nDURATION:PT1H",
            vec!["02T08:00", "09T08:00", "16T12:00", "23T08:00", "30T08:00"],
        ),
        (
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261116T090000\nDTSTART;TZID=Europe/Berlin:20261116T130000\nDURATION:PT90M",
            vec!["02T08:00", "09T08:00", "16T12:00", "23T12:00", "30T12:00"],
        ),
        (
            "RECURRENCE-ID;RANGE=\"THISANDFUTURE\":20261116T080000Z\nDTSTART:20261117T120000Z\nDURATION:PT90M",
            vec!["02T08:00", "09T08:00", "17T12:00", "24T12:00"],
        ),
        (
            "RECURRENCE-ID;RANGE=THISANDPRIOR:20261109T080000Z\nDTSTART:20261109T060000Z\nDURATION:PT1H",
            vec!["02T06:00", "09T06:00", "16T08:00", "23T08:00", "30T08:00"],
        ),
        (
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20261116T080000Z\nDTSTART:20261116T080000Z\nSTATUS:CANCELLED",
            vec!["02T08:00", "09T08:00"],
        ),
        (
            "RECURRENCE-ID;VALUE=DATE:20261116\nDTSTART:20261116T120000Z\nDURATION:PT1H",
            vec!["02T08:00", "09T08:00", "16T12:00", "23T08:00", "30T08:00"],
        ),
        (
            "RECURRENCE-ID:20261116T090000\nDTSTART:20261116T120000Z\nDURATION:PT1H",
            vec!["02T08:00", "09T08:00", "16T12:00", "23T08:00", "30T08:00"],
        ),
    ] {
        let found = starts(&[&event(SERIES), &changed(lines)]);
        assert_eq!(found, expected, "{lines}");
        assert_eq!(starts(&[&changed(lines), &event(SERIES)]), expected, "{lines}, first");
    }
}

#[test]
fn later_instances_last_as_the_changed_one() {
    let changed = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261123T090000\n\
                   DTSTART;TZID=Europe/Berlin:20261123T140000\nDTEND;TZID=Europe/Berlin:20261123T153000";
    let found = november(&[&event(SERIES), &event(changed)]);
    assert_eq!(found[3..], ["2026-11-23T13:00Z/2026-11-23T14:30Z", "2026-11-30T13:00Z/2026-11-30T14:30Z"]);
    // A change of long ago holds on, a later one replaces it.
    let old = event(&SERIES.replace("20261102", "20260105"));
    let first = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260202T080000Z\nDTSTART:20260202T090000Z\nDURATION:PT1H");
    let second = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261116T090000\nDTSTART;TZID=Europe/Berlin:20261116T120000\nDURATION:PT1H",
    );
    assert_eq!(starts(&[&old, &second, &first]), ["02T09:00", "09T09:00", "16T11:00", "23T11:00", "30T11:00"]);
}

#[test]
fn an_instance_of_days_is_found_by_its_date() {
    let series = event("DTSTART;VALUE=DATE:20261103\nRRULE:FREQ=WEEKLY;COUNT=3");
    for id in ["20261110T000000Z", "20261109T230000Z", "20261110T000000"] {
        let moved = event(&format!("RECURRENCE-ID:{id}\nDTSTART;VALUE=DATE:20261112"));
        let expected = ["2026-11-03/2026-11-04", "2026-11-12/2026-11-13", "2026-11-17/2026-11-18"];
        assert_eq!(november(&[&series, &moved]), expected, "{id}");
    }
}

#[test]
fn an_instance_that_is_not_known_blocks_beside_the_series() {
    let changed = event("SUMMARY:Moved\nRECURRENCE-ID:soon\nDTSTART:20261112T120000Z\nDURATION:PT1H");
    let series = event("DTSTART:20261103T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2");
    let (blocks, unread) = doubtful(&[&series, &changed]);
    assert_eq!(blocks.len(), 3, "{blocks:?}");
    assert!(unread.len() == 1 && unread[0].contains("the instance that it replaces"), "{unread:?}");
}
