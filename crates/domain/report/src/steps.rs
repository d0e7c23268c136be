//! Hours, days, weeks and months of a period: here and nowhere else days become instants.

use alloc::vec::Vec;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use knock_model::{Millis, vocabulary};

const HOUR: Millis = Millis(60 * Millis::MINUTE.0);

vocabulary! {
    /// The steps of a series.
    Bucketing {
        /// An hour since the begin of the day; the last of a day may be shorter.
        Hour = "hour",
        /// A day.
        Day = "day",
        /// A week from Monday on.
        Week = "week",
        /// A month.
        Month = "month",
    }
}

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Its begin, the begin of the period where it began earlier.
    pub(crate) at: Millis,
    /// Its day, its Monday, or the first of its month.
    pub(crate) date: Date,
}

/// The steps from a day up to another, both included.
pub(crate) fn steps(from: Date, to: Date, zone: &TimeZone, bucketing: Bucketing) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut date = from;
    loop {
        let next = following(date, bucketing);
        let own = Step { at: day_start(date, zone), date: nominal(date, bucketing) };
        match bucketing {
            Bucketing::Hour => hours(own, day_start(next, zone), &mut steps),
            Bucketing::Day | Bucketing::Week | Bucketing::Month => steps.push(own),
        }
        if next <= date || next > to {
            return steps;
        }
        date = next;
    }
}

/// The first instant of a day: not always midnight, and for a day that a zone left out that of the next.
pub(crate) fn day_start(date: Date, zone: &TimeZone) -> Millis {
    let start = date.to_zoned(zone.clone()).and_then(|midnight| midnight.start_of_day());
    Millis(start.map_or(i64::MAX, |start| start.timestamp().as_millisecond()))
}

fn hours(day: Step, end: Millis, steps: &mut Vec<Step>) {
    let mut at = day.at;
    while at < end {
        steps.push(Step { at, date: day.date });
        at = at + HOUR;
    }
}

/// The first day of the step after that of a day.
fn following(date: Date, bucketing: Bucketing) -> Date {
    let begin = nominal(date, bucketing);
    match bucketing {
        Bucketing::Hour | Bucketing::Day => begin.saturating_add(1.day()),
        Bucketing::Week => begin.saturating_add(1.week()),
        Bucketing::Month => begin.saturating_add(1.month()),
    }
}

/// The first day of the step of a day.
fn nominal(date: Date, bucketing: Bucketing) -> Date {
    match bucketing {
        Bucketing::Hour | Bucketing::Day => date,
        Bucketing::Week => date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days()),
        Bucketing::Month => date.first_of_month(),
    }
}
