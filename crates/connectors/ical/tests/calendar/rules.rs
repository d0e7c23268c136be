//! Rules as programs write them.

use crate::{blocks_of, calendar, doubtful, event, november};

/// The days of November on which an event at nine in Berlin begins.
fn days(start: &str, lines: &str) -> Vec<i8> {
    let lines = format!("DTSTART;TZID=Europe/Berlin:{start}T090000\nDURATION:PT1H\n{lines}");
    let (blocks, unread) = doubtful(&[&event(&lines)]);
    assert_eq!(unread, [""; 0], "{lines}");
    blocks.iter().map(|block| block[8..10].parse().expect("a day")).collect()
}

#[test]
fn rules_take_what_the_standard_says() {
    for (start, rule, expected) in [
        ("20261102", "FREQ=DAILY;COUNT=3", vec![2, 3, 4]),
        ("20261102", "FREQ=DAILY;INTERVAL=10", vec![2, 12, 22]),
        ("20261026", "FREQ=WEEKLY;COUNT=3", vec![2, 9]),
        ("20261103", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", vec![3, 5, 10, 12]),
        ("20200107", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", vec![1, 3, 15, 17, 29]),
        ("20200107", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", vec![3, 8, 17, 22]),
        ("20260131", "FREQ=MONTHLY", vec![]),
        ("20260131", "FREQ=MONTHLY;BYMONTHDAY=-1", vec![30]),
        ("20260113", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", vec![13]),
        ("20260106", "FREQ=MONTHLY;BYDAY=1MO,-1FR", vec![2, 27]),
        ("20260106", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", vec![30]),
        ("20260106", "FREQ=MONTHLY;INTERVAL=5", vec![6]),
        ("20201111", "FREQ=YEARLY", vec![11]),
        ("20200106", "FREQ=YEARLY;BYMONTH=11", vec![6]),
        ("20200106", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", vec![1]),
        ("20200106", "FREQ=YEARLY;BYDAY=-5MO", vec![30]),
        ("20200106", "FREQ=YEARLY;BYYEARDAY=320,-36", vec![16, 26]),
        ("20200106", "FREQ=YEARLY;BYWEEKNO=46;BYDAY=MO", vec![9]),
        ("20200102", "FREQ=YEARLY;INTERVAL=6;BYMONTH=11;BYMONTHDAY=3", vec![3]),
        ("20200102", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYMONTHDAY=3", vec![]),
    ] {
        let found: Vec<i8> = days(start, &format!("RRULE:{rule}")).into_iter().collect();
        assert_eq!(found, expected, "{start} {rule}");
    }
}

#[test]
fn the_first_instance_counts_whatever_the_rule_takes() {
    for (rule, expected) in [
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20261112T000000Z", vec![3, 4, 11]),
        ("FREQ=YEARLY;BYMONTH=5;BYSETPOS=3;BYMONTHDAY=3", vec![3]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", vec![3]),
        ("FREQ=DAILY;UNTIL=20261102T235959Z", vec![3]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", vec![3]),
    ] {
        assert_eq!(days("20261103", &format!("RRULE:{rule}")), expected, "{rule}");
    }
    assert_eq!(days("20261103", "RRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;TZID=Europe/Berlin:20261103T090000"), [10]);
}

#[test]
fn noise_in_a_rule_says_nothing() {
    for rule in [
        "FREQ=WEEKLY;BYDAY=MO, WE ;COUNT=4",
        "FREQ=WEEKLY;INTERVAL=0;BYDAY=MO,WE;COUNT=4",
        "freq=weekly;byday=mo,we;count=4;",
        "FREQ=WEEKLY\\;BYDAY=MO\\,WE\\;COUNT=4",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4",
        ";;FREQ=WEEKLY;BYDAY=MO;BYDAY=WE;COUNT=4;UNTIL=;BYMONTH=",
        "FREQ=WEEKLY;BYDAY=+1MO,WE;COUNT=4",
        "RSCALE=GREGORIAN;FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4",
    ] {
        assert_eq!(days("20261102", &format!("RRULE:{rule}")), [2, 4, 9, 11], "{rule}");
    }
    let rules = "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2\nRRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2";
    assert_eq!(days("20261102", rules), [2, 5, 9, 12]);
    assert_eq!(days("20261102", "RRULE:FREQ=DAILY;COUNT=4\nEXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2"), [3, 5]);
}

#[test]
fn a_part_that_is_not_known_takes_more_and_is_named() {
    for (rule, blocks) in [
        // Without its end.
        ("FREQ=WEEKLY;UNTL=20261110T000000Z", 5),
        ("FREQ=WEEKLY;UNTIL=never", 5),
        ("FREQ=WEEKLY;COUNT=two", 5),
        ("FREQ=WEEKLY;BYSETPOS=x", 5),
        // Every day at that time, until its end.
        ("FREQ=FORTNIGHTLY", 29),
        ("FREQ=WEEKLY;BYDAY=MO,XX;UNTIL=20261106", 5),
        ("FREQ=WEEKLY;BYDAYS=MO,TU;UNTIL=20261106", 5),
        ("COUNT=3", 29),
        ("FREQ=MONTHLY;BYEASTER=1", 29),
        ("FREQ=MONTHLY;BYMONTHDAY=0", 29),
    ] {
        let lines = format!("SUMMARY:Odd\nDTSTART:20261102T090000Z\nDURATION:PT1H\nRRULE:{rule}");
        let (found, unread) = doubtful(&[&event(&lines)]);
        assert_eq!(found.len(), blocks, "{rule}: {found:?}");
        assert!(unread.len() == 1 && unread[0].starts_with("Odd|2026-11-02|"), "{rule}: {unread:?}");
    }
}

#[test]
fn parts_that_a_frequency_may_not_have_count_and_do_not() {
    assert_eq!(days("20261102", "RRULE:FREQ=WEEKLY;BYMONTHDAY=4;UNTIL=20261112"), [2, 4, 9]);
    assert_eq!(days("20261102", "RRULE:FREQ=DAILY;BYYEARDAY=310;UNTIL=20261104"), [2, 3, 4]);
}

#[test]
fn a_rule_of_days_ends_by_the_clock_of_its_owner() {
    let count = |until: &str| {
        november(&[&event(&format!("DTSTART;VALUE=DATE:20261103\nRRULE:FREQ=WEEKLY;UNTIL={until}"))]).len()
    };
    // The midnight of Berlin at which the 17th begins.
    assert_eq!(count("20261116T230000Z"), 3);
    assert_eq!(count("20261116T225959Z"), 2);
    assert_eq!(count("20261117"), 3);
    assert_eq!(count("20261117T000000Z"), 3);
    assert_eq!(count("20261116"), 2);
}

#[test]
fn of_a_number_and_an_end_the_later_one_counts() {
    assert_eq!(days("20261102", "RRULE:FREQ=DAILY;COUNT=2;UNTIL=20261105T235959Z"), [2, 3, 4, 5]);
    assert_eq!(days("20261102", "RRULE:FREQ=DAILY;COUNT=4;UNTIL=20261103T235959Z"), [2, 3, 4, 5]);
}

#[test]
fn lists_of_instances_have_dates_times_and_periods() {
    let whole = "DTSTART:20261102T090000Z\nDURATION:PT1H\n";
    for (lines, expected) in [
        ("RDATE;VALUE=PERIOD:20261103T100000Z/20261103T140000Z", "2026-11-03T10:00Z/2026-11-03T14:00Z"),
        ("RDATE;VALUE=PERIOD:20261103T100000Z/PT3H", "2026-11-03T10:00Z/2026-11-03T13:00Z"),
        ("RDATE;VALUE=DATE:20261103", "2026-11-03/2026-11-04"),
        ("RDATE;TZID=Europe/Berlin:20261103T100000,\nEXDATE;VALUE=DATE:", "2026-11-03T09:00Z/2026-11-03T10:00Z"),
    ] {
        let found = november(&[&event(&format!("{whole}{lines}"))]);
        let mut all = vec!["2026-11-02T09:00Z/2026-11-02T10:00Z".to_owned(), expected.to_owned()];
        all.sort();
        assert_eq!(found, all, "{lines}");
    }
    // One that reaches into the window.
    let long = event("DTSTART:20251102T090000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261029T100000Z/P5D");
    assert_eq!(november(&[&long]), ["2026-10-29T10:00Z/2026-11-03T10:00Z"]);
}

#[test]
fn exceptions_fall_away_in_any_spelling() {
    for exception in [
        "EXDATE:20261109T080000Z",
        "EXDATE;TZID=Europe/Berlin:20261109T090000",
        "EXDATE:20261109T090000",
        "EXDATE;VALUE=DATE:20261109",
        "EXDATE;VALUE=DATE;TZID=\"W. Europe Standard Time\":20261109",
        "EXDATE;TZID=W. Europe Standard Time:20261109T090000",
    ] {
        assert_eq!(days("20261102", &format!("RRULE:FREQ=WEEKLY;COUNT=3\n{exception}")), [2, 16], "{exception}");
    }
    let of_days = |exception: &str| {
        november(&[&event(&format!("DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=WEEKLY;COUNT=2\n{exception}"))])
    };
    for exception in ["EXDATE:20261109", "EXDATE:20261109T000000Z", "EXDATE:20261108T230000Z", "EXDATE:20261109T000000"]
    {
        assert_eq!(of_days(exception), ["2026-11-02/2026-11-03"], "{exception}");
    }
}

#[test]
fn an_instance_over_a_change_of_the_clock_lasts_by_either_reading() {
    let night = event(
        "DTSTART;TZID=Europe/Berlin:20261010T220000\nDTEND;TZID=Europe/Berlin:20261011T060000\nRRULE:FREQ=WEEKLY;COUNT=3",
    );
    let found = blocks_of(&calendar(&[&night]), "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z");
    assert_eq!(found, ["2026-10-24T20:00Z/2026-10-25T05:00Z"]);
}
