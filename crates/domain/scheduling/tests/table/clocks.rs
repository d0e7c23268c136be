//! Nights in which clocks change: hours, all-day events and limits in local time (SC-01, SC-06, SC-07).

use crate::day::{block, daily, single, terms};
use jiff::civil::date;
use knock_scheduling::{Block, Calendar, Extent, Terms};

fn offered(rep: &Calendar, length: i64, from: &str, to: &str) -> Vec<String> {
    single(rep, &terms(length, from, to))
}

#[test]
fn a_time_within_the_gap_moves_later_by_the_gap() {
    // New York, 8 March 2026: 02:00 EST is 03:00 EDT, at 07:00 UTC.
    let check = |hours: &str, expected: &[&str]| {
        let rep = daily("America/New_York", &[hours]);
        let found = offered(&rep, 15, "2026-03-08T05:00Z", "2026-03-08T12:00Z");
        let expected: Vec<String> = expected.iter().map(|time| format!("2026-03-08T{time}")).collect();
        assert_eq!(found, expected, "{hours}");
    };
    check("02:00-02:30", &["07:00", "07:15"]);
    check("02:15-03:30", &["07:15"]);
    check("01:30-02:15", &["06:30", "06:45", "07:00"]);
    check("01:45-03:15", &["06:45", "07:00"]);
    // Empty or inverted by the move: dropped.
    check("02:30-03:30", &[]);
    check("02:45-03:15", &[]);
}

#[test]
fn a_time_that_comes_twice_is_the_first() {
    // New York, 1 November 2026: 02:00 EDT is 01:00 EST, at 06:00 UTC.
    let check = |hours: &str, expected: &[&str]| {
        let rep = daily("America/New_York", &[hours]);
        let found = offered(&rep, 30, "2026-11-01T04:00Z", "2026-11-01T12:00Z");
        let expected: Vec<String> = expected.iter().map(|time| format!("2026-11-01T{time}")).collect();
        assert_eq!(found, expected, "{hours}");
    };
    check("00:30-01:30", &["04:30", "05:00"]);
    check("01:30-02:30", &["05:30", "06:00", "06:30", "07:00"]);
    check("01:00-01:30", &["05:00"]);
}

#[test]
fn half_hour_changes_are_half_hours() {
    // Lord Howe, 4 October 2026: 02:00 is 02:30, at 15:30 UTC the day before.
    let rep = daily("Australia/Lord_Howe", &["01:30-03:30"]);
    let found = offered(&rep, 30, "2026-10-03T12:00Z", "2026-10-03T23:00Z");
    assert_eq!(found, ["2026-10-03T15:00", "2026-10-03T15:30", "2026-10-03T16:00"]);
}

#[test]
fn midnight_itself_may_lie_in_the_gap() {
    // Cairo, 24 April 2026: 00:00 is 01:00, at 22:00 UTC the day before.
    let rep = daily("Africa/Cairo", &["23:00-24:00", "00:00-02:00"]);
    let found = offered(&rep, 30, "2026-04-23T20:30Z", "2026-04-24T02:00Z");
    assert_eq!(found, ["2026-04-23T21:00", "2026-04-23T21:30", "2026-04-23T22:00", "2026-04-23T22:30"]);
}

#[test]
fn an_all_day_event_blocks_the_local_days_up_to_its_end() {
    let all_day = |from: i8, to: i8| Block {
        extent: Extent::Days(date(2026, 3, from), date(2026, 3, to)),
        ..block("2026-03-08T00:00Z", "2026-03-08T00:00Z")
    };
    let mut rep = daily("America/New_York", &["00:00-24:00"]);
    let six_hours = |rep: &Calendar| offered(rep, 6 * 60, "2026-03-07T05:00Z", "2026-03-10T04:00Z");
    assert_eq!(six_hours(&rep).len(), 12);
    rep.blocks = vec![all_day(8, 9)];
    // The eighth has 23 hours: 05:00 to 04:00 UTC.
    let left = ["07T05", "07T11", "07T17", "07T23", "09T04", "09T10", "09T16", "09T22"];
    assert_eq!(six_hours(&rep), left.map(|hour| format!("2026-03-{hour}:00")));
    rep.blocks = vec![all_day(7, 10)];
    assert_eq!(six_hours(&rep), [""; 0]);
    rep.blocks = vec![all_day(8, 8)];
    assert_eq!(six_hours(&rep).len(), 12);
}

#[test]
fn the_limit_of_a_day_is_counted_by_the_reps_own_dates() {
    let mut rep = daily("America/New_York", &["00:00-24:00"]);
    let meeting = |start: &str, end: &str| Block { is_meeting: true, ..block(start, end) };
    // Late on the first of June by the rep's clock, already the second in UTC.
    rep.blocks =
        vec![meeting("2026-06-02T02:00Z", "2026-06-02T03:00Z"), block("2026-06-03T12:00Z", "2026-06-03T13:00Z")];
    let mut terms = terms(12 * 60, "2026-06-01T04:00Z", "2026-06-04T04:00Z");
    let found = |terms: &Terms| single(&rep, terms);
    let all = ["01T04:00", "02T04:00", "02T16:00", "03T16:00"].map(|time| format!("2026-06-{time}"));
    assert_eq!(found(&terms), all);
    terms.max_per_day = Some(2);
    assert_eq!(found(&terms), all);
    terms.max_per_day = Some(1);
    assert_eq!(found(&terms), all[1..]);
    terms.max_per_day = Some(0);
    assert_eq!(found(&terms), [""; 0]);
}
