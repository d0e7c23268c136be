//! The figures of several days together.

use crate::person::{at, person, wait};
use knock_report::{Ask, Builder, CalendarKind, Calendars, Period};

const WEEK: i64 = 7 * 24 * 60;

fn day(date: &str) -> Ask {
    let period = Period::parse(date, date, "", at(0)).expect("a period");
    Ask { period, group: None, anchor: None, calendar: CalendarKind::Elapsed, filters: Vec::new() }
}

#[test]
fn a_median_of_two_days_is_that_of_all_their_items() {
    let of = knock_report::report("response").expect("a report");
    let place = |name: &str| of.metrics.iter().position(|metric| metric.name == name).expect("a metric");
    let mut person = person();
    let answered = |since: i64, minutes: i64| wait(since, Some(since + minutes), Some(1));
    // On the first Monday one minute, on the second nine to eleven.
    person.chat.replies =
        vec![answered(10, 1), answered(WEEK + 10, 9), answered(WEEK + 60, 10), answered(WEEK + 90, 11)];
    let (asks, calendars) = ([day("2026-11-02"), day("2026-11-09")], Calendars::default());
    let [first, second] = asks.each_ref().map(|ask| {
        let mut builder = Builder::new(of, ask, &calendars, at(2 * WEEK));
        builder.person(&person);
        builder
    });
    let figure = |name: &str, days: &[&Builder<'_>]| Builder::together(days)[place(name)];
    assert_eq!(figure("first_reply_median", &[&first]), Some(1.0));
    assert_eq!(figure("first_reply_median", &[&second]), Some(10.0));
    assert_eq!(figure("first_reply_median", &[&first, &second]), Some(9.5));
    assert_eq!(figure("first_replies", &[&first, &second]), Some(4.0));
    assert_eq!(figure("within_two_minutes", &[&first, &second]), Some(25.0));
    assert!(Builder::together(&[]).is_empty());
    let alone = Builder::together(&[&first]);
    assert_eq!(alone, first.finish().total);
}
