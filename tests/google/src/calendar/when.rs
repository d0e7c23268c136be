//! Points in time of events: a day, or an instant.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value as Json, json};

/// A start or an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum When {
    Day(Date),
    At(Timestamp),
}

impl When {
    /// Reads `{date}` or `{dateTime, timeZone?}`; a time without offset needs a zone, its own or `usual`.
    ///
    /// # Errors
    /// Google's message.
    pub(crate) fn read(given: &Json, usual: Option<&str>) -> Result<When, String> {
        match (given["date"].as_str(), given["dateTime"].as_str()) {
            (Some(day), None) => day.parse().map(When::Day).map_err(|_| format!("Invalid date: {day}")),
            (None, Some(text)) => {
                let wrong = || format!("Invalid value for: Invalid format: \"{text}\"");
                if let Ok(at) = text.parse::<Timestamp>() {
                    return Ok(When::At(at));
                }
                let local: DateTime = text.parse().map_err(|_| wrong())?;
                let named =
                    given["timeZone"].as_str().or(usual).ok_or("Missing time zone definition for start time.")?;
                let at = zone(named)?.to_zoned(local).map_err(|_| wrong())?;
                Ok(When::At(at.timestamp()))
            }
            (Some(_), Some(_)) => Err("Start and end times must either both be date or both be dateTime.".to_owned()),
            (None, None) => Err("Missing end time.".to_owned()),
        }
    }

    /// The instant; that of a day is its beginning in the zone of the calendar.
    pub(crate) fn instant(self, zone: &TimeZone) -> Timestamp {
        match self {
            When::At(at) => at,
            When::Day(day) => day.to_zoned(zone.clone()).map_or(Timestamp::MAX, |at| at.timestamp()),
        }
    }

    /// The part of an instance's id that names its original start.
    pub(crate) fn id(self) -> String {
        match self {
            When::Day(day) => day.strftime("%Y%m%d").to_string(),
            When::At(at) => at.strftime("%Y%m%dT%H%M%SZ").to_string(),
        }
    }

    /// As a resource has it, in the zone of the response; `named` is the zone of the event.
    pub(crate) fn json(self, zone: &TimeZone, named: &str) -> Json {
        match self {
            When::Day(day) => json!({"date": day.to_string()}),
            When::At(at) => json!({"dateTime": text(&at.to_zoned(zone.clone())), "timeZone": named}),
        }
    }
}

/// A time zone by its name.
///
/// # Errors
/// Google's message.
pub(crate) fn zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| format!("Invalid time zone definition for start time: {name}"))
}

/// An instant of a parameter: RFC 3339 with an offset.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// RFC 3339 without fractions; `Z` where the offset is none.
fn text(at: &Zoned) -> String {
    match at.offset().is_zero() {
        true => at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        false => at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_needs_an_offset_or_a_zone() {
        for (given, expected) in [
            (json!({"dateTime": "2026-03-02T09:00:00+01:00"}), Some("20260302T080000Z")),
            (json!({"dateTime": "2026-03-02T09:00:00", "timeZone": "Europe/Berlin"}), Some("20260302T080000Z")),
            (json!({"dateTime": "2026-03-02T09:00:00"}), None),
            (json!({"dateTime": "2026-03-02T09:00:00", "timeZone": "W. Europe Standard Time"}), None),
            (json!({"date": "2026-03-02"}), Some("20260302")),
            (json!({"date": "2026-02-30"}), None),
            (json!({"date": "2026-03-02", "dateTime": "2026-03-02T09:00:00Z"}), None),
            (json!({}), None),
        ] {
            assert_eq!(When::read(&given, None).ok().map(When::id).as_deref(), expected, "{given}");
        }
    }
}
