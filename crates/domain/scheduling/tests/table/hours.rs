//! Hours, exceptions, trips, and how far around the window they are looked at (SC-01 to SC-04).

use crate::day::{at, block, daily, minutes, range, single, terms};
use jiff::civil::{Weekday, date};
use jiff::tz::TimeZone;
use knock_scheduling::{Override, Range, Span, Travel, union_within};

#[test]
fn a_range_ends_after_its_start() {
    let time = |hour: i8| jiff::civil::Time::constant(hour, 0, 0, 0);
    assert!(Range::new(time(9), Some(time(10))).is_some());
    assert_eq!(Range::new(time(9), Some(time(9))), None);
    assert_eq!(Range::new(time(9), Some(time(8))), None);
    assert!(Range::new(time(23), None).is_some());
}

#[test]
fn each_weekday_has_its_own_hours() {
    let terms = terms(60, "2026-06-01T00:00Z", "2026-06-08T00:00Z");
    let days = ["01", "02", "03", "04", "05", "06", "07"];
    for (place, day) in days.into_iter().enumerate() {
        let mut rep = daily("UTC", &[]);
        rep.hours.weekly[place].push(range("09:00-10:00"));
        assert_eq!(single(&rep, &terms), [format!("2026-06-{day}T09:00")]);
    }
    assert_eq!(date(2026, 6, 1).weekday(), Weekday::Monday);
}

#[test]
fn hours_of_a_date_that_touch_or_overlap_are_one_range_with_one_grid() {
    let check = |hours: &[&str], expected: &[&str]| {
        let expected: Vec<String> = expected.iter().map(|time| format!("2026-06-01T{time}")).collect();
        let terms = terms(60, "2026-06-01T00:00Z", "2026-06-02T00:00Z");
        assert_eq!(single(&daily("UTC", hours), &terms), expected, "{hours:?}");
        let reversed: Vec<&str> = hours.iter().rev().copied().collect();
        assert_eq!(single(&daily("UTC", &reversed), &terms), expected, "{reversed:?}");
    };
    check(&["09:00-10:30", "10:30-12:00"], &["09:00", "10:00", "11:00"]);
    check(&["09:00-10:30", "10:00-12:00"], &["09:00", "10:00", "11:00"]);
    check(&["09:00-10:30", "10:31-12:00"], &["09:00", "10:31"]);
    check(&["09:00-12:00", "10:00-11:30"], &["09:00", "10:00", "11:00"]);
    check(&["09:00-12:00", "10:30-12:00"], &["09:00", "10:00", "11:00"]);
    check(&["21:00-24:00", "22:30-23:30"], &["21:00", "22:00", "23:00"]);
    check(&["21:00-23:30", "22:30-24:00"], &["21:00", "22:00", "23:00"]);
    check(&["22:00-24:00", "23:00-24:00"], &["22:00", "23:00"]);
}

#[test]
fn the_hours_of_a_window_are_spans_within_it() {
    let mut rep = daily("Europe/Berlin", &["09:00-12:00", "12:00-17:00"]);
    rep.hours.weekly[6] = vec![range("01:00-04:00")];
    rep.hours.overrides.push(Override { date: date(2026, 3, 31), ranges: vec![range("10:00-11:00")] });
    let zone = TimeZone::get("America/New_York").expect("a zone");
    rep.hours.travel.push(Travel { from: date(2026, 4, 1), to: date(2026, 4, 1), zone });
    let shown = |from: &str, to: &str| {
        let spans = rep.hours.spans(Span { start: at(from), end: at(to) });
        spans.into_iter().map(|span| (span.start, span.end)).collect::<Vec<_>>()
    };
    for (from, to, expected) in [
        // Friday: what touches is one span.
        ("2026-03-27T00:00Z", "2026-03-28T00:00Z", ("2026-03-27T08:00Z", "2026-03-27T16:00Z")),
        // Sunday: clocks are set forward at two, so the three hours last two.
        ("2026-03-29T00:00Z", "2026-03-29T06:00Z", ("2026-03-29T00:00Z", "2026-03-29T02:00Z")),
        // Tuesday has other hours, and on Wednesday they are those of New York.
        ("2026-03-31T00:00Z", "2026-04-01T00:00Z", ("2026-03-31T08:00Z", "2026-03-31T09:00Z")),
        ("2026-04-01T00:00Z", "2026-04-02T00:00Z", ("2026-04-01T13:00Z", "2026-04-01T21:00Z")),
        // What reaches over the ends is cut.
        ("2026-03-27T09:30Z", "2026-03-27T10:00Z", ("2026-03-27T09:30Z", "2026-03-27T10:00Z")),
    ] {
        assert_eq!(shown(from, to), [(at(expected.0), at(expected.1))], "{from}");
    }
    assert_eq!(shown("2026-03-27T18:00Z", "2026-03-28T00:00Z"), []);
}

#[test]
fn spans_are_joined_and_cut_to_a_window() {
    let span = |start: i64, end: i64| Span { start: minutes(start), end: minutes(end) };
    let joined = union_within(vec![span(50, 60), span(10, 20), span(20, 30), span(25, 28), span(70, 70)], span(15, 55));
    assert_eq!(joined, [span(15, 30), span(50, 55)]);
    assert_eq!(union_within(vec![span(10, 20)], span(20, 30)), []);
}

#[test]
fn an_instant_is_within_the_hours_from_their_start_to_before_their_end() {
    let rep = daily("Europe/Berlin", &["09:00-12:00", "13:00-17:00"]);
    for (instant, expected) in [
        ("2026-06-01T06:59:59.999Z", false),
        ("2026-06-01T07:00Z", true),
        ("2026-06-01T09:59:59.999Z", true),
        ("2026-06-01T10:00Z", false),
        ("2026-06-01T10:30Z", false),
        ("2026-06-01T11:00Z", true),
        ("2026-06-01T15:00Z", false),
        ("2026-06-01T22:00Z", false),
    ] {
        assert_eq!(rep.hours.hold(at(instant)), expected, "{instant}");
    }
}

#[test]
fn an_override_replaces_the_hours_of_its_date_only() {
    let mut rep = daily("UTC", &["09:00-10:00"]);
    let instead = |day: i8, hours: &[&str]| Override {
        date: date(2026, 6, day),
        ranges: hours.iter().map(|hours| range(hours)).collect(),
    };
    rep.hours.overrides = vec![instead(2, &["14:00-15:00"]), instead(3, &["14:00-15:00"]), instead(3, &[])];
    let terms = terms(60, "2026-06-01T00:00Z", "2026-06-05T00:00Z");
    let expected = ["2026-06-01T09:00", "2026-06-02T14:00", "2026-06-04T09:00"];
    assert_eq!(single(&rep, &terms), expected);
}

#[test]
fn a_trip_moves_the_hours_of_its_dates_both_ends_included() {
    let mut rep = daily("UTC", &["12:00-13:00"]);
    let trip = |from: i8, to: i8, zone: &str| Travel {
        from: date(2026, 6, from),
        to: date(2026, 6, to),
        zone: TimeZone::get(zone).expect("bundled"),
    };
    rep.hours.travel = vec![trip(2, 4, "Asia/Kolkata"), trip(4, 4, "America/New_York")];
    let terms = terms(60, "2026-06-01T00:00Z", "2026-06-06T00:00Z");
    let expected = ["2026-06-01T12:00", "2026-06-02T06:30", "2026-06-03T06:30", "2026-06-04T16:00", "2026-06-05T12:00"];
    assert_eq!(single(&rep, &terms), expected);
}

#[test]
fn a_trip_may_carry_a_date_over_two_others() {
    // 26 hours apart: where it is still the second of June at home, the fourth has begun abroad.
    for (home, abroad, day, hour, start) in [
        ("Etc/GMT+12", "Pacific/Kiritimati", 4, "00:00-01:00", "2026-06-03T10:00"),
        ("Pacific/Kiritimati", "Etc/GMT+12", 2, "23:00-24:00", "2026-06-03T11:00"),
    ] {
        let mut rep = daily(home, &[]);
        rep.hours.overrides = vec![Override { date: date(2026, 6, day), ranges: vec![range(hour)] }];
        let zone = TimeZone::get(abroad).expect("bundled");
        rep.hours.travel = vec![Travel { from: date(2026, 6, day), to: date(2026, 6, day), zone }];
        let around = terms(60, "2026-06-01T00:00Z", "2026-06-07T00:00Z");
        let found = single(&rep, &around);
        assert_eq!(found, [start]);
        // The window of that very hour shows it as well.
        let mut narrow = around;
        narrow.window.start = at(&format!("{start}Z"));
        narrow.window.end = narrow.window.start + minutes(1);
        assert_eq!(single(&rep, &narrow), [start]);
    }
}

#[test]
fn a_meeting_of_days_fits_into_hours_without_end() {
    let rep = daily("UTC", &["00:00-24:00"]);
    let mut terms = terms(24 * 60, "2026-06-01T00:00Z", "2026-06-01T12:00Z");
    for days in 1..10 {
        terms.duration = minutes(days * 24 * 60);
        assert_eq!(single(&rep, &terms), ["2026-06-01T00:00"], "{days}");
    }
    let mut busy = rep;
    busy.blocks.push(block("2026-06-09T23:59Z", "2026-06-10T00:00Z"));
    assert_eq!(single(&busy, &terms), [""; 0]);
}

#[test]
fn the_calendar_ends_somewhere() {
    let rep = daily("UTC", &["09:00-10:00"]);
    let first = terms(60, "-009999-01-02T02:00Z", "-009999-01-04T00:00Z");
    assert_eq!(single(&rep, &first), ["-9999-01-02T09:00", "-9999-01-03T09:00"]);
    // The window ends with the calendar, and a meeting would end after both.
    let last = terms(60, "9999-12-29T00:00Z", "9999-12-30T21:59Z");
    assert_eq!(single(&rep, &last), ["9999-12-29T09:00", "9999-12-30T09:00"]);
}

#[test]
fn the_grid_is_counted_from_the_start_of_the_range_wherever_the_window_begins() {
    let rep = daily("UTC", &["09:10-12:00"]);
    let check = |from: &str, to: &str, expected: &[&str]| {
        let terms = terms(30, &format!("2026-06-01T{from}Z"), &format!("2026-06-01T{to}Z"));
        let expected: Vec<String> = expected.iter().map(|time| format!("2026-06-01T{time}")).collect();
        assert_eq!(single(&rep, &terms), expected, "{from} {to}");
    };
    check("00:00", "23:00", &["09:10", "09:40", "10:10", "10:40", "11:10"]);
    check("09:10", "10:10", &["09:10", "09:40"]);
    check("09:11", "10:11", &["09:40", "10:10"]);
    check("10:00", "10:10", &[]);
    // Only the start is cut.
    check("11:00", "11:11", &["11:10"]);
}

#[test]
fn a_meeting_may_run_over_midnight_but_not_over_a_gap() {
    let whole = daily("UTC", &["22:00-24:00", "00:00-01:00"]);
    let night = terms(60, "2026-06-01T21:00Z", "2026-06-02T03:00Z");
    let mut half = night;
    half.step = minutes(30);
    let found = single(&whole, &half);
    assert_eq!(
        found,
        ["2026-06-01T22:00", "2026-06-01T22:30", "2026-06-01T23:00", "2026-06-01T23:30", "2026-06-02T00:00"]
    );
    let broken = daily("UTC", &["22:00-23:59", "00:00-01:00"]);
    assert_eq!(single(&broken, &half), ["2026-06-01T22:00", "2026-06-01T22:30", "2026-06-02T00:00"]);
}

#[test]
fn the_next_hours_and_the_time_that_passes_within_them() {
    let hours = daily("Europe/Berlin", &["09:00-12:00", "13:00-17:00"]).hours;
    let next = |from: &str| hours.next(at(from), 7);
    assert_eq!(next("2026-06-01T05:00:00Z"), Some(at("2026-06-01T07:00:00Z")));
    assert_eq!(next("2026-06-01T08:00:00Z"), Some(at("2026-06-01T08:00:00Z")), "within them");
    assert_eq!(next("2026-06-01T10:00:00Z"), Some(at("2026-06-01T11:00:00Z")), "the break begins");
    assert_eq!(next("2026-06-01T15:00:00Z"), Some(at("2026-06-02T07:00:00Z")), "the day is over");
    // On this Sunday the clocks go forward.
    assert_eq!(next("2026-03-28T20:00:00Z"), Some(at("2026-03-29T07:00:00Z")));
    assert_eq!(daily("UTC", &[]).hours.next(at("2026-06-01T05:00:00Z"), 7), None);

    let after = |from: &str, time: i64| hours.after(at(from), minutes(time), 7);
    assert_eq!(after("2026-06-01T08:00:00Z", 10), Some(at("2026-06-01T08:10:00Z")));
    assert_eq!(after("2026-06-01T09:55:00Z", 10), Some(at("2026-06-01T11:05:00Z")), "over the break");
    assert_eq!(after("2026-06-01T14:55:00Z", 10), Some(at("2026-06-02T07:05:00Z")), "over the night");
    assert_eq!(after("2026-06-01T20:00:00Z", 0), Some(at("2026-06-02T07:00:00Z")));
    assert_eq!(after("2026-06-01T08:00:00Z", 9 * 60), Some(at("2026-06-02T10:00:00Z")));
    assert_eq!(after("2026-06-01T08:00:00Z", 100 * 60), None, "longer than is looked for");
}

#[test]
fn the_end_of_the_next_day_with_hours() {
    let hours = daily("Europe/Berlin", &["09:00-12:00", "13:00-17:00"]).hours;
    let end = |from: &str, days| hours.end_of_next_day(at(from), days);
    assert_eq!(end("2026-06-01T04:00:00Z", 7), Some(at("2026-06-02T15:00:00Z")), "not that of the same day");
    // In Berlin it is the next day.
    assert_eq!(end("2026-06-01T23:00:00Z", 7), Some(at("2026-06-03T15:00:00Z")));
    assert_eq!(end("2026-06-01T04:00:00Z", 0), None, "further than is looked for");
    assert_eq!(daily("UTC", &[]).hours.end_of_next_day(at("2026-06-01T05:00:00Z"), 7), None);
}
