//! The days of a report, in one zone.

use crate::steps::{Bucketing, Step, day_start, steps};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use knock_model::Millis;

/// The longest period in years.
pub const MOST_YEARS: i64 = 5;

/// The days of a period that is not named, today included.
const USUAL_DAYS: i64 = 28;

/// Years in which a period may lie: what is before and after has no clock that anything could be counted by.
const YEARS: core::ops::RangeInclusive<i16> = 1970..=9000;

/// Days in a row, in a time zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    from: Date,
    to: Date,
    zone: TimeZone,
}

/// The reason for which a period cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPeriod {
    /// The parameter: `from`, `to` or `tz`.
    pub field: &'static str,
    /// What is wrong with it, as the end of a sentence that begins with its name.
    pub reason: String,
}

impl InvalidPeriod {
    fn new(field: &'static str, reason: impl ToString) -> InvalidPeriod {
        InvalidPeriod { field, reason: reason.to_string() }
    }
}

impl fmt::Display for InvalidPeriod {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "`{}` {}", self.field, self.reason)
    }
}

impl core::error::Error for InvalidPeriod {}

impl Period {
    /// Reads a first and a last day (`2026-11-01`, or an instant of that day) and the name of a zone. An empty text is
    /// the usual: the last 28 days up to today, in UTC.
    ///
    /// # Errors
    /// [`InvalidPeriod`] for what is no day or no zone, for an end before the begin, and for more than [`MOST_YEARS`].
    pub fn parse(from: &str, to: &str, zone: &str, now: Millis) -> Result<Period, InvalidPeriod> {
        let zone = match zone {
            "" => TimeZone::UTC,
            name => knock_scheduling::zone(name)
                .map_err(|_| InvalidPeriod::new("tz", "is not a time zone such as `Europe/Berlin`"))?,
        };
        let to = match to {
            "" => local_date(now, &zone),
            text => day("to", text, &zone)?,
        };
        let from = match from {
            "" => to.saturating_sub((USUAL_DAYS - 1).days()),
            text => day("from", text, &zone)?,
        };
        if to < from {
            return Err(InvalidPeriod::new("to", "is before `from`"));
        }
        if to > from.saturating_add(MOST_YEARS.years()) {
            return Err(InvalidPeriod::new("from", "is more than five years before `to`"));
        }
        Ok(Period { from, to, zone })
    }

    /// The first day.
    pub fn from(&self) -> Date {
        self.from
    }

    /// The last day; it counts too.
    pub fn to(&self) -> Date {
        self.to
    }

    /// The name of the zone.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The instant at which the first day begins.
    pub fn start(&self) -> Millis {
        day_start(self.from, &self.zone)
    }

    /// The instant at which the last day has ended.
    pub fn end(&self) -> Millis {
        day_start(self.to.saturating_add(1.day()), &self.zone)
    }

    /// The period of as many days just before.
    pub fn before(&self) -> Period {
        let to = self.from.saturating_sub(1.day());
        let from = to.saturating_sub((self.days() - 1).days());
        Period { from, to, zone: self.zone.clone() }
    }

    /// The number of its days.
    pub fn days(&self) -> i64 {
        // Dates have no clock: the distance is whole days.
        self.from.until(self.to).map_or(1, |span| i64::from(span.get_days()) + 1)
    }

    /// The usual steps of a series over it.
    pub fn bucketing(&self) -> Bucketing {
        match self.days() {
            ..=2 => Bucketing::Hour,
            3..=92 => Bucketing::Day,
            93..=370 => Bucketing::Week,
            _ => Bucketing::Month,
        }
    }

    /// The begins of the usual steps, oldest first; the first is the begin of the period.
    pub fn buckets(&self) -> Vec<Millis> {
        self.steps(self.bucketing()).into_iter().map(|step| step.at).collect()
    }

    /// The place of the usual step that holds an instant; none outside the period.
    pub fn bucket_of(&self, at: Millis) -> Option<usize> {
        let buckets = self.buckets();
        if at < self.start() || at >= self.end() { None } else { place(&buckets, at, |start| *start) }
    }

    pub(crate) fn steps(&self, bucketing: Bucketing) -> Vec<Step> {
        steps(self.from, self.to, &self.zone, bucketing)
    }

    /// The hour of the day by the clock of the zone, and the day of the week (0 is Monday).
    pub(crate) fn clock(&self, at: Millis) -> (usize, usize) {
        let local = self.zone.to_datetime(timestamp(at));
        (usize::from(local.hour().unsigned_abs()), usize::from(local.weekday().to_monday_zero_offset().unsigned_abs()))
    }
}

/// The place of the last of sorted things that begins at or before an instant.
pub(crate) fn place<T>(sorted: &[T], at: Millis, start: impl Fn(&T) -> Millis) -> Option<usize> {
    sorted.partition_point(|one| start(one) <= at).checked_sub(1)
}

fn day(field: &'static str, text: &str, zone: &TimeZone) -> Result<Date, InvalidPeriod> {
    let date = match text.parse::<Timestamp>() {
        Ok(instant) => zone.to_datetime(instant).date(),
        Err(_) => knock_scheduling::date(text)
            .map_err(|_| InvalidPeriod::new(field, "is not a day such as `2026-12-24`, nor an instant"))?,
    };
    if YEARS.contains(&date.year()) {
        Ok(date)
    } else {
        Err(InvalidPeriod::new(field, "is not between the years 1970 and 9000"))
    }
}

fn local_date(at: Millis, zone: &TimeZone) -> Date {
    zone.to_datetime(timestamp(at)).date()
}

/// What jiff cannot have is before or after all that is counted.
fn timestamp(at: Millis) -> Timestamp {
    let nearest = if at.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(at.0).unwrap_or(nearest)
}
