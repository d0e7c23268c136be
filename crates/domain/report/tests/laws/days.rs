//! Days, weeks, months and hours are whole and in a row, whatever clocks do.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_report::{Bucketing, Period};
use proptest::prelude::*;

const ZONES: [&str; 6] = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    // Its days begin at 01:00 when summer begins.
    "Africa/Cairo",
    // It left out 30 December 2011.
    "Pacific/Apia",
];

/// Around changes of clocks, and the begins of years.
const DATES: [Date; 9] = [
    date(2011, 12, 29),
    date(2024, 2, 28),
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 24),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
    date(2026, 12, 31),
];

fn period() -> impl Strategy<Value = (Period, TimeZone)> {
    let length = prop_oneof![0..4_i64, 0..120_i64, 0..1_826_i64];
    (0..ZONES.len(), 0..DATES.len(), -3..4_i64, length).prop_map(|(zone, around, moved, length)| {
        let from = DATES[around].saturating_add(jiff::Span::new().days(moved));
        let to = from.saturating_add(jiff::Span::new().days(length));
        let period = Period::parse(&from.to_string(), &to.to_string(), ZONES[zone], Millis(0)).expect("a period");
        (period, TimeZone::get(ZONES[zone]).expect("a zone"))
    })
}

fn local(zone: &TimeZone, at: i64) -> jiff::civil::DateTime {
    zone.to_datetime(Timestamp::from_millisecond(at).expect("an instant"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn an_instant_is_in_the_period_if_its_date_is((period, zone) in period(), minute in -3_000..3_000_i64) {
        let edges = [period.start(), period.end(), period.before().start()];
        for at in edges.into_iter().flat_map(|edge| [edge.0 - 1, edge.0, edge.0 + minute * 60_000]) {
            let day = local(&zone, at).date();
            let is_within = at >= period.start().0 && at < period.end().0;
            prop_assert_eq!(is_within, period.from() <= day && day <= period.to(), "{} at {}", day, at);
        }
    }

    #[test]
    fn the_period_before_ends_where_it_begins_and_is_as_long((period, _) in period()) {
        let before = period.before();
        prop_assert_eq!(before.end(), period.start());
        prop_assert_eq!(before.days(), period.days());
    }

    #[test]
    fn steps_are_in_a_row_and_begin_where_they_say((period, zone) in period()) {
        let buckets = period.buckets();
        // A period can be of the day that was left out.
        let begin = Some(period.start()).filter(|start| *start < period.end());
        prop_assert!(begin.is_none() || buckets.first().copied() == begin);
        for (place, pair) in buckets.windows(2).enumerate() {
            prop_assert!(pair[0] <= pair[1]);
            let (last, next) = (local(&zone, pair[1].0 - 1), local(&zone, pair[1].0));
            match period.bucketing() {
                Bucketing::Hour => prop_assert!(pair[1] - pair[0] <= Millis(3_600_000)),
                Bucketing::Day => prop_assert!(last.date() < next.date()),
                Bucketing::Week => prop_assert_eq!(next.weekday(), jiff::civil::Weekday::Monday),
                Bucketing::Month => prop_assert!(last.month() != next.month()),
            }
            if pair[0] < pair[1] {
                prop_assert_eq!(period.bucket_of(pair[0]), Some(place));
                prop_assert_eq!(period.bucket_of(pair[1] - Millis(1)), Some(place));
            }
        }
        prop_assert_eq!(period.bucket_of(period.start() - Millis(1)), None);
        prop_assert_eq!(period.bucket_of(period.end()), None);
    }
}
