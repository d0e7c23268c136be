//! Calendars that are made to keep their reader busy: refused within a moment, never free.

use crate::{blocks_of, calendar, event, november};
use std::time::Duration;

const MOMENT: Duration = Duration::from_secs(10);

/// Reads a calendar in time, and returns the reason for which it is refused.
fn refused(components: &[&str]) -> String {
    let text = calendar(components);
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        send.send(blocks_of(&text, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")).expect("it is awaited");
    });
    let read = receive.recv_timeout(MOMENT).expect("it is read in time");
    read.expect_err("it is refused").to_string()
}

fn with_rule(start: &str, rule: &str) -> String {
    event(&format!("DTSTART:{start}\nDURATION:PT1S\nRRULE:{rule}"))
}

#[test]
fn components_are_nested_a_few_deep() {
    let alarms = |deep: usize| {
        let (begin, end) = ("\nBEGIN:VALARM".repeat(deep), "\nEND:VALARM".repeat(deep));
        event(&format!("DTSTART:20261110T090000Z\nDURATION:PT1H{begin}{end}"))
    };
    assert_eq!(november(&[&alarms(8)]).len(), 1);
    for deep in [9, 300, 3_000, 100_000] {
        assert!(refused(&[&alarms(deep)]).contains("nested"), "{deep}");
    }
    assert!(refused(&["BEGIN:A\n".repeat(100_000).trim_end()]).contains("nested"));
}

#[test]
fn rules_that_repeat_all_the_time_are_refused_at_once() {
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;UNTIL=20300101T000000Z",
        "FREQ=SECONDLY;COUNT=4000000000",
        "FREQ=MINUTELY;BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10;BYSECOND=1,2,3,4,5,6,7,8,9",
        "FREQ=MINUTELY",
    ] {
        let reason = refused(&[&with_rule("19700101T000000Z", rule)]);
        assert!(reason.contains("repeat"), "{rule}: {reason}");
    }
}

#[test]
fn rules_that_find_nothing_for_long_are_refused() {
    for rule in ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20270101T000000Z"] {
        assert!(refused(&[&with_rule("20200101T000000Z", rule)]).contains("repeat"), "{rule}");
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
    let hourly: Vec<String> = (0..20_000)
        .map(|n| with_rule("20261001T000000Z", "FREQ=HOURLY").replace("UID:one", &format!("UID:{n}")))
        .collect();
    let hourly: Vec<&str> = hourly.iter().map(String::as_str).collect();
    assert!(refused(&hourly).contains("more than 20000 times"));
    assert_eq!(november(&hourly[..20]).len(), 20 * 30 * 24);
}

#[test]
fn exceptions_are_looked_up() {
    let exceptions: String =
        (0..4_000).map(|n| format!("EXDATE:2026111{}T{:02}{:02}00Z\n", n % 9, n % 24, n % 60)).collect();
    let rule = "DTSTART:20261101T000000Z\nDURATION:PT1S\nRRULE:FREQ=MINUTELY;COUNT=15000";
    let text = calendar(&[&event(&format!("{rule}\n{exceptions}"))]);
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        send.send(blocks_of(&text, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")).expect("it is awaited");
    });
    let found = receive.recv_timeout(MOMENT).expect("it is read in time").expect("it can be read");
    assert!((10_000..15_000).contains(&found.len()), "{}", found.len());
}
