//! Dates and times as iCalendar writes them.

use super::zones::Zones;
use icalendar::parser::Property;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span as Length, Timestamp, ToSpan};
use knock_model::Millis;

/// A date, or a local time in a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A whole day.
    Day(Date),
    /// A time of day.
    At(DateTime, TimeZone),
}

impl When {
    /// The local time; a day begins at midnight.
    pub(super) fn local(&self) -> DateTime {
        match self {
            When::Day(date) => date.to_datetime(jiff::civil::Time::midnight()),
            When::At(local, _) => *local,
        }
    }

    /// The day; none for a time.
    pub(super) const fn day(&self) -> Option<Date> {
        match self {
            When::Day(date) => Some(*date),
            When::At(..) => None,
        }
    }

    /// The same kind of instant at another local time.
    pub(super) fn at(&self, local: DateTime) -> When {
        match self {
            When::Day(_) => When::Day(local.date()),
            When::At(_, zone) => When::At(local, zone.clone()),
        }
    }

    /// The instant; none for a day.
    pub(super) fn instant(&self) -> Option<Millis> {
        match self {
            When::Day(_) => None,
            When::At(local, zone) => {
                let at = zone.to_ambiguous_timestamp(*local).compatible().ok()?;
                Some(Millis(at.as_millisecond()))
            }
        }
    }

    /// The instant of a day as the owner's zone has it, or of a time.
    pub(super) fn instant_in(&self, own: &TimeZone) -> Option<Millis> {
        self.instant().or_else(|| When::At(self.local(), own.clone()).instant())
    }
}

/// All values of a property: dates, times, or periods, of which the start counts.
pub(super) fn values(property: &Property<'_>, zones: &Zones) -> Result<Vec<When>, String> {
    let zone = parameter(property, "TZID").map(|name| zones.find(name)).transpose()?;
    let parts = property.val.as_str().split(',');
    parts.map(|part| value(part.split('/').next().unwrap_or_default(), zone.as_ref(), zones)).collect()
}

/// The one value of a property.
pub(super) fn single(property: &Property<'_>, zones: &Zones) -> Result<When, String> {
    let mut values = values(property, zones)?;
    values
        .pop()
        .filter(|_| values.is_empty())
        .ok_or_else(|| format!("{} has to have one value", property.name.as_str()))
}

fn value(text: &str, zone: Option<&TimeZone>, zones: &Zones) -> Result<When, String> {
    let wrong = || format!("`{text}` is neither a date nor a time");
    let text = text.trim();
    if let Ok(date) = Date::strptime("%Y%m%d", text) {
        return Ok(When::Day(date));
    }
    let (local, is_utc) = text.strip_suffix(['Z', 'z']).map_or((text, false), |local| (local, true));
    let local = DateTime::strptime("%Y%m%dT%H%M%S", local).map_err(|_| wrong())?;
    let zone = if is_utc { TimeZone::UTC } else { zone.cloned().unwrap_or_else(|| zones.own().clone()) };
    Ok(When::At(local, zone))
}

/// A length such as `PT1H30M` or `P2D`; not one that runs backwards.
pub(super) fn length(text: &str) -> Result<Length, String> {
    let length = text.trim().parse::<Length>().map_err(|_| format!("`{text}` is no length of time"))?;
    if length.is_negative() { Err(format!("the length `{text}` runs backwards")) } else { Ok(length) }
}

/// A parameter's value without quotes.
pub(super) fn parameter<'p>(property: &'p Property<'_>, name: &str) -> Option<&'p str> {
    let parameter = property.params.iter().find(|parameter| parameter.key.as_str().eq_ignore_ascii_case(name))?;
    Some(parameter.val.as_ref()?.as_str().trim_matches('"'))
}

/// An instant as the clock of a zone shows it.
pub(super) fn civil(at: Millis, zone: &TimeZone) -> DateTime {
    zone.to_datetime(Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::MAX))
}

pub(super) fn next_day(date: Date) -> Date {
    date.saturating_add(1.days())
}
