//! Repeated events.

use crate::{blocks_of, calendar, event, november};

const WEEKLY: &str =
    "DTSTART;TZID=Europe/Berlin:20261005T090000\nDTEND;TZID=Europe/Berlin:20261005T093000\nRRULE:FREQ=WEEKLY;BYDAY=MO";

#[test]
fn instances_keep_their_local_time_over_a_change_of_the_clock() {
    let all = blocks_of(&calendar(&[&event(WEEKLY)]), "2026-10-18T00:00:00Z", "2026-11-08T00:00:00Z");
    let expected = [
        "2026-10-19T07:00Z/2026-10-19T07:30Z",
        "2026-10-26T08:00Z/2026-10-26T08:30Z",
        "2026-11-02T08:00Z/2026-11-02T08:30Z",
    ];
    assert_eq!(all, expected);
}

#[test]
fn instances_fall_away_are_added_and_move() {
    let whole = event(&format!("{WEEKLY}\nEXDATE;TZID=Europe/Berlin:20261109T090000\nRDATE:20261118T120000Z"));
    let moved =
        event("RECURRENCE-ID;TZID=Europe/Berlin:20261116T090000\nDTSTART:20261117T150000Z\nDTEND:20261117T153000Z");
    let cancelled = event("RECURRENCE-ID:20261123T080000Z\nDTSTART:20261123T080000Z\nSTATUS:CANCELLED");
    let expected = [
        "2026-11-02T08:00Z/2026-11-02T08:30Z",
        "2026-11-17T15:00Z/2026-11-17T15:30Z",
        "2026-11-18T12:00Z/2026-11-18T12:30Z",
        "2026-11-30T08:00Z/2026-11-30T08:30Z",
    ];
    assert_eq!(november(&[&whole, &moved, &cancelled]), expected);
}

#[test]
fn an_instance_that_moves_into_the_window_blocks_there() {
    let away =
        event("RECURRENCE-ID;TZID=Europe/Berlin:20261019T090000\nDTSTART:20261103T100000Z\nDTEND:20261103T110000Z");
    let found = november(&[&event(WEEKLY), &away]);
    assert!(found.contains(&"2026-11-03T10:00Z/2026-11-03T11:00Z".to_owned()), "{found:?}");
}

#[test]
fn a_rule_ends_where_it_says() {
    let with = |end: &str| november(&[&event(&format!("{WEEKLY}{end}"))]).len();
    assert_eq!(with(";UNTIL=20261109T080000Z"), 2, "the last instance at the end itself counts");
    assert_eq!(with(";UNTIL=20261109T075959Z"), 1);
    assert_eq!(with(";UNTIL=20261109"), 2);
    assert_eq!(with(";COUNT=6"), 2);
    assert_eq!(with(""), 5);
}

#[test]
fn days_repeat_as_days() {
    let yearly = event("DTSTART;VALUE=DATE:20201111\nRRULE:FREQ=YEARLY");
    assert_eq!(november(&[&yearly]), ["2026-11-11/2026-11-12"]);
    let last_friday = event("DTSTART;VALUE=DATE:20260130\nRRULE:FREQ=MONTHLY;BYDAY=-1FR\nEXDATE;VALUE=DATE:20261030");
    assert_eq!(november(&[&last_friday]), ["2026-11-27/2026-11-28"]);
}

#[test]
fn a_long_instance_from_before_the_window_counts() {
    let trip = event("DTSTART:20261001T000000Z\nDTEND:20261004T000000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=30");
    let found = november(&[&trip]);
    assert_eq!(found, ["2026-10-30T00:00Z/2026-11-02T00:00Z", "2026-11-30T00:00Z/2026-12-03T00:00Z"]);
}

#[test]
fn five_thousand_events_are_read() {
    let events: Vec<String> = (0..5_000)
        .map(|n| {
            let (day, hour) = (1 + n % 30, n % 24);
            event(&format!("DTSTART:202611{day:02}T{hour:02}0000Z\nDURATION:PT10M"))
                .replace("UID:one", &format!("UID:{n}"))
        })
        .collect();
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    assert_eq!(november(&events).len(), 5_000);
}
