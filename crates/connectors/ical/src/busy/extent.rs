//! How long an event lasts.

use super::moment::{Clock, When, civil, next_day};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span as Length, SpanRound, ToSpan, Unit};
use knock_model::Millis;
use knock_scheduling::{Extent, Span};

/// The end of an event.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// Until then.
    Until(When),
    /// A duration.
    For(Length),
    /// One day for a date, no time for a time (RFC 5545, 3.6.1).
    Unsaid,
    /// It cannot be read: the day and the one after it.
    Unknown,
}

/// The time of one instance.
pub(super) struct Lasting {
    pub(super) extent: Extent,
    /// Whether it ends before it begins, as it was written.
    pub(super) is_backwards: bool,
}

impl Lasting {
    /// The last instant.
    pub(super) fn last(&self, own: &TimeZone) -> Option<Millis> {
        match self.extent {
            Extent::Instants(span) => Some(span.end),
            Extent::Days(_, to) => When::Day(to).range(own).map(|(at, _)| at),
        }
    }
}

impl End {
    /// The time of an instance that begins then, of an event whose first instance begins at `first`. Where its clock is
    /// not known it is all that it may be; none if it cannot be represented.
    pub(super) fn of(&self, start: &When, first: &When, own: &TimeZone) -> Option<Lasting> {
        match start {
            When::Day(day) => Some(self.of_day(*day, first)),
            When::At(..) => self.of_time(start, first, own),
        }
    }

    fn of_day(&self, day: Date, first: &When) -> Lasting {
        let days = match self {
            End::Unsaid => 1,
            End::Unknown => 2,
            End::For(length) => whole_days(length),
            End::Until(end) => {
                let days =
                    end.local().date().since((Unit::Day, first.local().date())).map_or(1, |span| span.get_days());
                // The day of an end at a time is a part of it.
                days + i32::from(end.local().time() != Time::midnight())
            }
        };
        // A day that ends when it begins is one day.
        let end = day.saturating_add(Length::new().days(days.clamp(1, 100_000)));
        Lasting { extent: Extent::Days(day, end), is_backwards: days < 0 }
    }

    fn of_time(&self, start: &When, first: &When, own: &TimeZone) -> Option<Lasting> {
        let (begins, latest) = start.range(own)?;
        let ends = match self {
            End::Unsaid => latest,
            End::Unknown => {
                let after = next_day(next_day(civil(latest, own).date()));
                When::Day(after).range(own)?.1
            }
            End::For(length) => added(start, *length, own)?,
            End::Until(end) => {
                let clock = match start {
                    When::At(_, clock) => clock.clone(),
                    When::Day(_) => Clock::Own,
                };
                let end = match end {
                    // The last day may be meant with it or without.
                    When::Day(day) => When::At(next_day(*day).to_datetime(Time::midnight()), clock),
                    When::At(..) => end.clone(),
                };
                let as_first = latest + (end.range(own)?.1 - first.range(own)?.1);
                let by_clock = end.local().checked_add(start.local().duration_since(first.local())).ok()?;
                // By the clock, or as long as the first instance: programs differ when the clocks change between.
                if end.has_clock_of(start) && first.has_clock_of(start) {
                    end.at(by_clock).range(own)?.1.max(as_first)
                } else {
                    as_first
                }
            }
        };
        if ends >= begins {
            return Some(Lasting { extent: Extent::Instants(Span { start: begins, end: ends }), is_backwards: false });
        }
        // An end of the same day was swapped with the start; any other one says nothing.
        let is_near = begins - ends <= Millis::DAY;
        let span =
            if is_near { Span { start: ends, end: begins } } else { Span { start: begins, end: begins + Millis::DAY } };
        Some(Lasting { extent: Extent::Instants(span), is_backwards: true })
    }
}

/// Days of a length are days of the clock, hours are hours (RFC 5545, 3.3.6).
fn added(start: &When, length: Length, own: &TimeZone) -> Option<Millis> {
    let zone = match start {
        When::At(_, Clock::Zone(zone)) => zone.clone(),
        When::At(_, Clock::Between(west, _)) => TimeZone::fixed(*west),
        When::At(_, Clock::Own) | When::Day(_) => own.clone(),
    };
    let zoned = zone.to_ambiguous_zoned(start.local()).compatible().ok()?;
    Some(Millis(zoned.checked_add(length).ok()?.timestamp().as_millisecond()))
}

/// The days of a length, a part of a day as one.
fn whole_days(length: &Length) -> i32 {
    let rounded = length
        .round(SpanRound::new().largest(Unit::Day).smallest(Unit::Day).mode(jiff::RoundMode::Ceil).days_are_24_hours());
    rounded.map_or(1, |span| span.get_days())
}

/// A length such as `PT1H30M` or `P2D`.
pub(super) fn length(text: &str) -> Option<Length> {
    let text: String = text.chars().filter(char::is_ascii_graphic).collect::<String>().to_ascii_uppercase();
    if matches!(&*text, "P" | "PT") {
        return Some(Length::new());
    }
    let days = text.split('T').next()?;
    // Months and years are no part of lengths in calendars: they have no certain one.
    (!days.contains(['Y', 'M'])).then(|| text.parse::<Length>().ok())?.and_then(normal)
}

/// Weeks as days.
fn normal(length: Length) -> Option<Length> {
    let days = i64::from(length.get_weeks()).checked_mul(7)?.checked_add(i64::from(length.get_days()))?;
    length.try_weeks(0).ok()?.try_days(days).ok().filter(|_| 0.days().try_days(days).is_ok())
}
