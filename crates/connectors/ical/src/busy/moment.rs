//! Dates and times as calendars write them, and the instants that they may mean.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use knock_model::Millis;

/// The clock of a local time.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Clock {
    /// The clock of the calendar's owner.
    Own,
    Zone(TimeZone),
    /// A clock that is not known, with the offsets that it may have: the westernmost and the easternmost.
    Between(Offset, Offset),
}

/// A date, or a local time.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum When {
    /// A whole day.
    Day(Date),
    /// A time of day.
    At(DateTime, Clock),
}

impl When {
    /// The local time; a day begins at midnight.
    pub(super) fn local(&self) -> DateTime {
        match self {
            When::Day(date) => date.to_datetime(Time::midnight()),
            When::At(local, _) => *local,
        }
    }

    /// The same clock at another local time; a day stays a day.
    pub(super) fn at(&self, local: DateTime) -> When {
        match self {
            When::Day(_) => When::Day(local.date()),
            When::At(_, clock) => When::At(local, clock.clone()),
        }
    }

    /// Whether both are times of one clock.
    pub(super) fn has_clock_of(&self, other: &When) -> bool {
        match (self, other) {
            (When::At(_, clock), When::At(_, other)) => clock == other,
            (When::Day(_), _) | (_, When::Day(_)) => false,
        }
    }

    /// The first and the last instant that it may be; one and the same where the clock is known.
    pub(super) fn range(&self, own: &TimeZone) -> Option<(Millis, Millis)> {
        let in_zone = |zone: &TimeZone| {
            let at = zone.to_ambiguous_timestamp(self.local()).compatible().ok()?;
            Some(Millis(at.as_millisecond()))
        };
        match self {
            When::Day(_) | When::At(_, Clock::Own) => in_zone(own).map(|at| (at, at)),
            When::At(_, Clock::Zone(zone)) => in_zone(zone).map(|at| (at, at)),
            When::At(_, Clock::Between(west, east)) => {
                Some((in_zone(&TimeZone::fixed(*east))?, in_zone(&TimeZone::fixed(*west))?))
            }
        }
    }

    /// The local time at its own clock of an instant; the latest that it may be.
    pub(super) fn clock_at(&self, at: Millis, own: &TimeZone) -> DateTime {
        match self {
            When::Day(_) | When::At(_, Clock::Own) => civil(at, own),
            When::At(_, Clock::Zone(zone)) => civil(at, zone),
            When::At(_, Clock::Between(_, east)) => civil(at, &TimeZone::fixed(*east)),
        }
    }

    /// The date that it names in a series of dates: programs write the midnight of the owner, or that of UTC.
    pub(super) fn date_in_series(&self, own: &TimeZone) -> Date {
        let shown = self.range(own).map(|(at, _)| civil(at, own));
        match shown.filter(|shown| shown.time() == Time::midnight()) {
            Some(midnight) => midnight.date(),
            None => self.local().date(),
        }
    }
}

/// A text that is neither date nor time, and the days that it may mean: from one until before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoTime {
    pub(super) days: Option<(Date, Date)>,
    pub(super) reason: String,
}

/// Reads a date or a time. The clock is taken where the text does not say one.
pub(super) fn moment(text: &str, is_date: bool, clock: impl FnOnce() -> Clock) -> Result<When, NoTime> {
    let signs: String = text.chars().filter(char::is_ascii_graphic).collect::<String>().to_ascii_uppercase();
    let wrong = |days| NoTime { days, reason: format!("`{}` is neither a date nor a time", cut(text)) };
    let end = signs.char_indices().filter(|(_, c)| c.is_ascii_digit()).nth(7).map(|(at, _)| at + 1);
    let end = end.ok_or_else(|| wrong(None))?;
    let (day, time) = signs.split_at(end);
    let digits: String = day.chars().filter(char::is_ascii_digit).collect();
    if !day.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.')) {
        return Err(wrong(None));
    }
    let number = |at: core::ops::Range<usize>| digits[at].parse::<i16>().unwrap_or_default();
    let (year, month, day) = (number(0..4), number(4..6), number(6..8));
    let [month, day] = [month, day].map(|part| i8::try_from(part).unwrap_or_default());
    let Ok(date) = Date::new(year, month, day) else {
        // A day that the month does not have is near its end.
        let last = Date::new(year, month, 1).ok().filter(|_| (29..=31).contains(&day)).map(Date::last_of_month);
        return Err(wrong(last.map(|last| (last.saturating_sub(1.day()), last.saturating_add(4.days())))));
    };
    let time = time.strip_prefix('T').unwrap_or(time);
    if matches!(time, "" | "Z") || is_date && time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'Z')) {
        return Ok(When::Day(date));
    }
    at_time(date, time, clock).ok_or_else(|| wrong(Some(around(date, date))))
}

/// The time of a date, and the clock that the text says, if any.
fn at_time(date: Date, text: &str, clock: impl FnOnce() -> Clock) -> Option<When> {
    let end = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at(end);
    let whole = time.split(['.', ',']).next().unwrap_or_default().replace(':', "");
    let is_time = matches!(whole.len(), 2 | 4 | 6) && whole.bytes().all(|byte| byte.is_ascii_digit());
    let part = |at: usize| whole.get(at..at + 2).map_or(Some(0), |digits| digits.parse::<i8>().ok());
    let (hour, minute, second) = (part(0)?, part(2)?, part(4)?);
    let clock = match zone {
        "" => clock(),
        "Z" => Clock::Zone(TimeZone::UTC),
        written => Clock::Zone(TimeZone::fixed(offset(written)?)),
    };
    let local = if (hour, minute, second) == (24, 0, 0) {
        next_day(date).to_datetime(Time::midnight())
    } else {
        // A leap second is the end of its minute.
        date.to_datetime(Time::new(hour, minute, second.min(59), 0).ok().filter(|_| second <= 60)?)
    };
    is_time.then_some(When::At(local, clock))
}

/// `+0530`, `-08:00`, `+1` or `+053015`.
pub(super) fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => (1, text),
    };
    let digits: String = rest.chars().filter(|c| !matches!(c, ':' | '.' | ' ')).collect();
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = if digits.len() % 2 == 1 { format!("0{digits}") } else { digits };
    let part = |at: usize| digits.get(at..at + 2).map_or(Some(0), |digits| digits.parse::<i32>().ok());
    let (hours, minutes, seconds) = (part(0)?, part(2)?, part(4)?);
    let in_range = hours <= 15 && minutes < 60 && seconds < 60;
    in_range.then(|| Offset::from_seconds(sign * (hours * 3_600 + minutes * 60 + seconds)).ok())?
}

/// Days with the one before and the one after, until before the last one.
pub(super) fn around(first: Date, last: Date) -> (Date, Date) {
    (first.saturating_sub(1.day()), last.saturating_add(2.days()))
}

/// An instant as the clock of a zone shows it.
pub(super) fn civil(at: Millis, zone: &TimeZone) -> DateTime {
    zone.to_datetime(Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::MAX))
}

pub(super) fn next_day(date: Date) -> Date {
    date.saturating_add(1.day())
}

/// A text for a sentence.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
