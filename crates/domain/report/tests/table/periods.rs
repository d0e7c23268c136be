//! Days as they are written, and days that are no 24 hours.

use knock_model::Millis;
use knock_report::{Bucketing, Period};

/// 30 November 2026, 23:30 UTC.
const NOW: Millis = Millis(1_796_081_400_000);

fn period(from: &str, to: &str, zone: &str) -> Period {
    Period::parse(from, to, zone, NOW).expect("a period")
}

fn days(period: &Period) -> (String, String) {
    (period.from().to_string(), period.to().to_string())
}

#[test]
fn the_usual_period_is_the_last_28_days() {
    let check = |period: Period, from: &str, to: &str| assert_eq!(days(&period), (from.to_owned(), to.to_owned()));
    check(period("", "", ""), "2026-11-03", "2026-11-30");
    // There it is tomorrow already.
    check(period("", "", "Europe/Berlin"), "2026-11-04", "2026-12-01");
    check(period("2026-11-20", "", ""), "2026-11-20", "2026-11-30");
    check(period("", "2026-01-28", ""), "2026-01-01", "2026-01-28");
    check(period("2026-11-29T23:30:00Z", "2026-11-30", "Europe/Berlin"), "2026-11-30", "2026-11-30");
}

#[test]
fn what_is_no_period_names_its_field() {
    let check = |from: &str, to: &str, zone: &str, field: &str| {
        let error = Period::parse(from, to, zone, NOW).expect_err("no period");
        assert_eq!(error.field, field, "{from} {to} {zone}: {error}");
    };
    check("2026-11-31", "", "", "from");
    check("yesterday", "", "", "from");
    check("", "20261101", "", "to");
    check("2026-11-02", "2026-11-01", "", "to");
    check("2026-12-24", "", "", "to");
    check("", "", "Berlin", "tz");
    check("1969-12-31", "1970-01-02", "", "from");
    check("2021-11-29", "2026-11-30", "", "from");
    assert_eq!(days(&period("2021-11-30", "2026-11-30", "")).0, "2021-11-30");
}

#[test]
fn days_have_23_24_or_25_hours() {
    let hours =
        |day: &str, zone: &str| (period(day, day, zone).end() - period(day, day, zone).start()).0 as f64 / 3_600_000.0;
    assert_eq!(hours("2026-03-29", "Europe/Berlin"), 23.0);
    assert_eq!(hours("2026-10-25", "Europe/Berlin"), 25.0);
    assert_eq!(hours("2026-03-08", "America/New_York"), 23.0);
    assert_eq!(hours("2026-11-01", "America/New_York"), 25.0);
    assert_eq!(hours("2026-10-25", "Asia/Kolkata"), 24.0);
    assert_eq!(hours("2026-10-04", "Australia/Lord_Howe"), 23.5);
    // It begins at 01:00.
    assert_eq!(hours("2026-04-24", "Africa/Cairo"), 23.0);
}

#[test]
fn steps_get_longer_with_the_period() {
    let check = |from: &str, to: &str, step: Bucketing, count: usize| {
        let period = period(from, to, "Europe/Berlin");
        assert_eq!((period.bucketing(), period.buckets().len()), (step, count), "{from} to {to}");
    };
    check("2026-10-25", "2026-10-25", Bucketing::Hour, 25);
    check("2026-10-24", "2026-10-25", Bucketing::Hour, 49);
    check("2026-10-01", "2026-10-03", Bucketing::Day, 3);
    check("2026-10-01", "2026-12-31", Bucketing::Day, 92);
    // From a Thursday on: the first week is a short one.
    check("2026-10-01", "2027-01-01", Bucketing::Week, 14);
    check("2026-01-01", "2027-01-31", Bucketing::Month, 13);
    check("2021-12-15", "2026-11-30", Bucketing::Month, 60);
}
