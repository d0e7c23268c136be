//! `dateTimeTimeZone`: a time on a clock, and the zone of the clock.
//!
//! <https://learn.microsoft.com/graph/api/resources/datetimetimezone>

use crate::errors::{Refusal, invalid, unreadable};
use crate::zones;
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde_json::{Value as Json, json};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) local: DateTime,
    /// A name that [`zones::find`] knows.
    pub(crate) zone: String,
}

impl Moment {
    /// Reads the value of a property. A zone is required, an offset within the time is refused: more strict than
    /// Graph, which takes a few such times and means different things by them.
    pub(crate) fn parse(property: &str, value: &Json) -> Result<Moment, Refusal> {
        let Some(fields) = value.as_object() else {
            return Err(unreadable(format!("The value of {property} is no dateTimeTimeZone.")));
        };
        if let Some(other) = fields.keys().find(|key| !["dateTime", "timeZone", "@odata.type"].contains(&key.as_str()))
        {
            return Err(unreadable(format!(
                "The property '{other}' does not exist on type 'microsoft.graph.dateTimeTimeZone'."
            )));
        }
        let (Some(text), Some(zone)) = (value["dateTime"].as_str(), value["timeZone"].as_str()) else {
            return Err(unreadable(format!("{property} must have dateTime and timeZone.")));
        };
        if zones::find(zone).is_none() {
            let message = format!(
                "A valid TimeZone value must be specified. The following TimeZone value is not supported: '{zone}'."
            );
            return Err(Refusal::new(400, "TimeZoneNotSupportedException", message));
        }
        let is_local = text.contains('T')
            && !text.ends_with(['Z', 'z'])
            && !text.get(10..).unwrap_or_default().contains(['+', '-']);
        let local = text.parse::<DateTime>().ok().filter(|_| is_local);
        let local =
            local.ok_or_else(|| invalid(format!("The value '{text}' of {property} is no local date and time.")))?;
        Ok(Moment { local, zone: zone.to_owned() })
    }

    /// The instant. A time that a clock skips is the one after the gap, one that it repeats is the first.
    pub(crate) fn at(&self) -> Timestamp {
        let zone = zones::find(&self.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        zone.to_zoned(self.local).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
    }

    /// The same clock time in another zone, as whole days are shown.
    pub(crate) fn floating(&self, zone: &str) -> Moment {
        Moment { local: self.local, zone: zone.to_owned() }
    }

    pub(crate) fn of(at: Timestamp, zone: &str) -> Moment {
        let there = zones::find(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        Moment { local: there.to_datetime(at), zone: zone.to_owned() }
    }

    /// Seven digits of a second and no `Z`.
    pub(crate) fn json(&self) -> Json {
        json!({"dateTime": self.local.strftime("%Y-%m-%dT%H:%M:%S.").to_string() + &digits(self.local), "timeZone": self.zone})
    }
}

fn digits(local: DateTime) -> String {
    format!("{:07}", local.subsec_nanosecond() / 100)
}

/// A `DateTimeOffset`: `2026-01-05T09:00:00.0000000Z`.
pub(crate) fn stamp(at: Timestamp) -> String {
    let utc = jiff::tz::TimeZone::UTC.to_datetime(at);
    format!("{}{}Z", utc.strftime("%Y-%m-%dT%H:%M:%S."), digits(utc))
}

/// An instant of a query: its offset counts, without one it is UTC.
///
/// <https://learn.microsoft.com/graph/api/calendar-list-calendarview>
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    // `+` of an offset that was not encoded is a space by now.
    let text = text.trim().replace(' ', "+");
    text.parse::<Timestamp>().ok().or_else(|| {
        let local = text.parse::<DateTime>().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(local).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_that_of_its_zone() {
        let cases = [
            ("2026-01-05T09:00:00", "W. Europe Standard Time", "2026-01-05T08:00:00Z"),
            ("2026-07-05T09:00:00.0000000", "Europe/Berlin", "2026-07-05T07:00:00Z"),
            ("2026-03-29T02:30:00", "Europe/Berlin", "2026-03-29T01:30:00Z"),
            ("2026-01-05T09:00:00", "UTC", "2026-01-05T09:00:00Z"),
        ];
        for (text, zone, expected) in cases {
            let moment = Moment::parse("start", &json!({"dateTime": text, "timeZone": zone})).expect(text);
            assert_eq!(moment.at().to_string(), expected, "{text} {zone}");
        }
    }

    #[test]
    fn what_is_no_local_time_is_refused() {
        for (text, zone) in [
            ("2026-01-05T09:00:00Z", "UTC"),
            ("2026-01-05T09:00:00+01:00", "UTC"),
            ("2026-01-05", "UTC"),
            ("soon", "UTC"),
            ("", "UTC"),
            ("2026-01-05T09:00:00", "Mars/Base"),
        ] {
            assert!(Moment::parse("start", &json!({"dateTime": text, "timeZone": zone})).is_err(), "{text} {zone}");
        }
    }

    #[test]
    fn times_have_seven_digits_and_no_z() {
        let moment = Moment::of("2026-01-05T09:00:00.5Z".parse().expect("an instant"), "GMT Standard Time");
        assert_eq!(moment.json(), json!({"dateTime": "2026-01-05T09:00:00.5000000", "timeZone": "GMT Standard Time"}));
    }

    #[test]
    fn an_instant_of_a_query_has_its_own_offset() {
        for (text, expected) in [
            ("2026-01-05T09:00:00-08:00", "2026-01-05T17:00:00Z"),
            ("2026-01-05T09:00:00 01:00", "2026-01-05T08:00:00Z"),
            ("2026-01-05T09:00:00.0000000", "2026-01-05T09:00:00Z"),
            ("2026-01-05T09:00:00Z", "2026-01-05T09:00:00Z"),
        ] {
            assert_eq!(instant(text).map(|at| at.to_string()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(instant("tomorrow"), None);
    }
}
