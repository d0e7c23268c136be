//! Working hours: local wall time of a rep, each date resolved by itself (SC-01, SC-02).

use crate::span::{Span, union_within};
use alloc::vec::Vec;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use knock_model::Millis;

/// From a time of day up to another of the same day; no end is the next midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    start: Time,
    /// The end; `None` is 24:00.
    end: Option<Time>,
}

impl Range {
    /// A range; none when it ends at or before its start (write two ranges for hours over midnight).
    pub fn new(start: Time, end: Option<Time>) -> Option<Range> {
        end.is_none_or(|end| start < end).then_some(Range { start, end })
    }

    /// Its start and its end in minutes since midnight.
    pub(crate) fn minutes(self) -> (u32, u32) {
        let of = |time: Time| u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs());
        (of(self.start), self.end.map_or(1_440, of))
    }
}

/// Hours of one date instead of its weekday's; none close the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The local date.
    pub date: Date,
    pub ranges: Vec<Range>,
}

/// Another time zone for some local dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Travel {
    /// The first date.
    pub from: Date,
    /// The last date, inclusive.
    pub to: Date,
    pub zone: TimeZone,
}

/// The working hours of a rep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The rep's own zone.
    pub zone: TimeZone,
    /// The hours of each weekday, Monday first.
    pub weekly: [Vec<Range>; 7],
    /// Dates with other hours.
    pub overrides: Vec<Override>,
    /// Dates in another zone; the last that matches wins.
    pub travel: Vec<Travel>,
}

impl Hours {
    /// The ranges of all local dates that may touch `window`, as instants.
    pub(crate) fn resolve(&self, window: Span) -> Vec<Span> {
        let date_of = |at: Millis, days: i64| {
            // A meeting may be meant to end after the calendar does.
            let at = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::MAX);
            self.zone.to_datetime(at).date().saturating_add(days.days())
        };
        // Two days more at each end: a zone is at most 26 hours from another, which is two dates.
        let (mut date, last) = (date_of(window.start, -2), date_of(window.end, 2));
        let mut spans = Vec::new();
        while date <= last {
            spans.extend(self.of_date(date));
            match date.tomorrow() {
                Ok(tomorrow) => date = tomorrow,
                Err(_) => break,
            }
        }
        spans
    }

    /// The hours within a window, in order, none touching the next.
    pub fn spans(&self, window: Span) -> Vec<Span> {
        union_within(self.resolve(window), window)
    }

    fn of_date(&self, date: Date) -> impl Iterator<Item = Span> {
        let zone = self.travel.iter().rev().find(|travel| travel.from <= date && date <= travel.to);
        let zone = zone.map_or(&self.zone, |travel| &travel.zone).clone();
        let ranges = self.overrides.iter().rev().find(|instead| instead.date == date);
        let ranges = ranges.map_or(&self.weekly[weekday(date.weekday())], |instead| &instead.ranges);
        merged(ranges.clone()).into_iter().filter_map(move |range| {
            let start = instant(&zone, date, range.start)?;
            let end = match range.end {
                Some(end) => instant(&zone, date, end)?,
                None => instant(&zone, date.tomorrow().ok()?, Time::midnight())?,
            };
            Some(Span { start, end }).filter(|span| !span.is_empty())
        })
    }

    /// Whether an instant lies within them.
    pub fn hold(&self, at: Millis) -> bool {
        self.resolve(Span { start: at, end: at }).iter().any(|span| span.start <= at && at < span.end)
    }

    /// The first instant from `at` on that lies within them; none in the next `days`.
    pub fn next(&self, at: Millis, days: i64) -> Option<Millis> {
        let spans = self.resolve(Span { start: at, end: at + Millis::days(days) });
        spans.iter().filter(|span| at < span.end).map(|span| span.start.max(at)).min()
    }

    /// The instant at which so much time within them has passed since `from`; none if that takes longer than `days`.
    pub fn after(&self, from: Millis, time: Millis, days: i64) -> Option<Millis> {
        let mut spans = self.resolve(Span { start: from, end: from + Millis::days(days) });
        spans.sort_unstable_by_key(|span| span.start);
        let mut left = time;
        let mut at = from;
        for Span { start, end } in spans {
            let begins = start.max(at);
            if end <= begins {
                continue;
            }
            if left <= end - begins {
                return Some(begins + left);
            }
            left = left - (end - begins);
            at = end;
        }
        None
    }

    /// The end of the working hours of the first local date after that of `at` which has any; none if that is more than
    /// `days` later.
    pub fn end_of_next_day(&self, at: Millis, days: usize) -> Option<Millis> {
        let today = self.date(at)?;
        let ends = today.series(1.day()).skip(1).take(days).map(|date| self.of_date(date).map(|span| span.end).max());
        ends.flatten().next()
    }

    /// The local date of an instant in the rep's own zone.
    pub(crate) fn date(&self, at: Millis) -> Option<Date> {
        Some(self.zone.to_datetime(Timestamp::from_millisecond(at.0).ok()?).date())
    }
}

/// Overlapping or touching hours of a date are one range.
fn merged(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut merged: Vec<Range> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if last.end.is_none_or(|end| range.start <= end) => {
                // Whichever ends later; nothing ends after midnight.
                last.end = last.end.zip(range.end).map(|(one, other)| one.max(other));
            }
            _ => merged.push(range),
        }
    }
    merged
}

/// A local time as an instant: later by the gap's length within one, the first of two in a fold.
pub(crate) fn instant(zone: &TimeZone, date: Date, time: Time) -> Option<Millis> {
    let at = zone.to_ambiguous_timestamp(date.to_datetime(time)).compatible().ok()?;
    Some(Millis(at.as_millisecond()))
}

const fn weekday(day: Weekday) -> usize {
    match day {
        Weekday::Monday => 0,
        Weekday::Tuesday => 1,
        Weekday::Wednesday => 2,
        Weekday::Thursday => 3,
        Weekday::Friday => 4,
        Weekday::Saturday => 5,
        Weekday::Sunday => 6,
    }
}
