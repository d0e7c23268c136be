//! The start or the end of an event: a day, or an instant.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use knock_model::Millis;
use serde::Deserialize;

/// A day, or an instant.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct When {
    pub(crate) date: Option<String>,
    date_time: Option<String>,
}

impl When {
    /// The instant; none for a day, and if it cannot be read.
    pub(crate) fn instant(&self) -> Option<Millis> {
        let at = self.date_time.as_ref()?.parse::<Timestamp>().ok()?;
        Some(Millis(at.as_millisecond()))
    }

    /// The instant, that of a day as if in UTC; none if it cannot be read.
    pub(crate) fn at(&self) -> Option<Millis> {
        let day = || {
            let day = self.date.as_ref()?.parse::<Date>().ok()?;
            TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok()
        };
        self.instant().or_else(|| Some(Millis(day()?.as_millisecond())))
    }
}
