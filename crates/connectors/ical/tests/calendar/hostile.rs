//! Calendars that are made to keep their reader busy: refused within a moment, never free.

use crate::{NOVEMBER, calendar, event, november, read, texts};
use std::time::Duration;

const MOMENT: Duration = Duration::from_secs(10);

/// Reads a calendar in time, and returns the blocks and the reasons for which events are named.
fn within_a_moment(components: &[&str]) -> (Vec<String>, Vec<String>) {
    let text = calendar(components);
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let found = read(text.as_bytes(), NOVEMBER.0, NOVEMBER.1);
        send.send((texts(&found.blocks), found.unread)).expect("it is awaited");
    });
    let (blocks, unread) = receive.recv_timeout(MOMENT).expect("it is read in time");
    (blocks, unread.into_iter().map(|event| event.reason).collect())
}

fn with_rule(start: &str, rule: &str) -> String {
    event(&format!("DTSTART:{start}\nDURATION:PT1S\nRRULE:{rule}"))
}

#[test]
fn components_may_be_nested_deeply() {
    for deep in [8, 9, 300, 100_000] {
        let (begin, end) = ("\nBEGIN:VALARM".repeat(deep), "\nEND:VALARM".repeat(deep));
        let alarms = event(&format!("DTSTART:20261110T090000Z\nDURATION:PT1H{begin}\nDTSTART:20261111T090000Z{end}"));
        assert_eq!(within_a_moment(&[&alarms]).0, ["2026-11-10T09:00Z/2026-11-10T10:00Z"], "{deep}");
    }
    assert_eq!(within_a_moment(&["BEGIN:A\n".repeat(100_000).trim_end()]).1, ["nothing in it can be read"]);
}

#[test]
fn rules_that_repeat_all_the_time_block_all_of_it() {
    let whole = "2026-11-01T00:00Z/2026-12-01T00:00Z";
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;UNTIL=20300101T000000Z",
        "FREQ=SECONDLY;COUNT=4000000000",
        "FREQ=MINUTELY;BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10;BYSECOND=1,2,3,4,5,6,7,8,9,10,11,12",
        "FREQ=MINUTELY",
    ] {
        let (blocks, reasons) = within_a_moment(&[&with_rule("19700101T000000Z", rule)]);
        assert!(
            blocks.iter().any(|block| block == whole || block.ends_with("/2026-12-01T00:00Z")),
            "{rule}: {blocks:?}"
        );
        assert!(reasons.iter().any(|reason| reason.contains("repeats too often")), "{rule}: {reasons:?}");
    }
}

#[test]
fn rules_that_find_nothing_are_followed_at_once() {
    for rule in ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3"] {
        assert_eq!(within_a_moment(&[&with_rule("18000101T000000Z", rule)]), (vec![], vec![]), "{rule}");
    }
}

#[test]
fn rules_of_long_ago_keep_their_phase() {
    let check = |start: &str, rule: &str, expected: &[&str]| {
        let found = november(&[&event(&format!("DTSTART:{start}\nDURATION:PT1H\nRRULE:{rule}"))]);
        let starts: Vec<&str> = found.iter().filter_map(|block| block.split('/').next()).collect();
        assert_eq!(starts, expected, "{start} {rule}");
    };
    check("19700101T093000Z", "FREQ=DAILY;INTERVAL=20", &["2026-11-03T09:30Z", "2026-11-23T09:30Z"]);
    check("19700101T093000Z", "FREQ=WEEKLY;INTERVAL=4", &["2026-11-19T09:30Z"]);
    check("19700101T093000Z", "FREQ=WEEKLY;INTERVAL=4;BYDAY=MO,TH", &["2026-11-16T09:30Z", "2026-11-19T09:30Z"]);
    let sunday = "FREQ=WEEKLY;INTERVAL=4;BYDAY=SU,TH;WKST=SU";
    check("19700101T093000Z", sunday, &["2026-11-15T09:30Z", "2026-11-19T09:30Z"]);
    check("19700101T003000Z", "FREQ=HOURLY;INTERVAL=240;UNTIL=20261105T000000Z", &["2026-11-03T00:30Z"]);
    check("19700101T093000Z", "FREQ=DAILY;INTERVAL=20;UNTIL=20260101T000000Z", &[]);
    let monday = "FREQ=HOURLY;BYDAY=MO;BYHOUR=9;UNTIL=20261108T000000Z";
    check("19700101T093000Z", monday, &["2026-11-02T09:30Z"]);
    check("19700101T093000Z", "FREQ=MONTHLY;BYDAY=2TU", &["2026-11-10T09:30Z"]);
}

#[test]
fn instances_are_counted_over_all_events() {
    let hourly: Vec<String> = (0..5_000)
        .map(|n| with_rule("20261001T000000Z", "FREQ=HOURLY").replace("UID:one", &format!("UID:{n}")))
        .collect();
    let hourly: Vec<&str> = hourly.iter().map(String::as_str).collect();
    let (blocks, reasons) = within_a_moment(&hourly);
    assert!(blocks.iter().any(|block| block == "2026-11-01T00:00Z/2026-12-01T00:00Z"));
    assert!(
        blocks.len() <= 20_001 && reasons.iter().any(|reason| reason.contains("more than 20000")),
        "{}",
        blocks.len()
    );
    assert_eq!(november(&hourly[..20]).len(), 20 * 30 * 24);
}

#[test]
fn exceptions_are_looked_up() {
    let exceptions: String =
        (0..4_000).map(|n| format!("EXDATE:2026111{}T{:02}{:02}00Z\n", n % 9, n % 24, n % 60)).collect();
    let rule = "DTSTART:20261101T000000Z\nDURATION:PT1S\nRRULE:FREQ=MINUTELY;COUNT=15000";
    let (blocks, reasons) = within_a_moment(&[&event(&format!("{rule}\n{exceptions}"))]);
    assert!((10_000..15_000).contains(&blocks.len()), "{} {reasons:?}", blocks.len());
}

#[test]
fn descriptions_and_names_of_zones_are_read_once() {
    let observance = "BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU\nEND:STANDARD\n";
    let zone = format!("BEGIN:VTIMEZONE\nTZID:Much\n{}END:VTIMEZONE", observance.repeat(2_000));
    let events: String = (0..5_000)
        .map(|n| event(&format!("DTSTART;TZID=America/Nowhere{n}:20261110T090000\nDURATION:PT1H")) + "\n")
        .collect();
    let (blocks, reasons) = within_a_moment(&[&zone, events.trim_end()]);
    assert_eq!((blocks.len(), reasons.len()), (5_000, 5_000));
}
