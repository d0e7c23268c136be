//! Time zones by name, and instants as their clocks show them.

use crate::refused::Refused;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_model::Millis;

/// The zone with this name, from the bundled database.
pub(super) fn zone(field: &str, name: &str) -> Result<TimeZone, Refused> {
    knock_scheduling::zone(name).map_err(|wrong| Refused { field: field.to_owned(), reason: wrong.to_string() })
}

/// An instant in a zone, with the offset, which distinguishes the two 01:00 of an autumn night (SC-13).
pub(super) fn local(zone: &TimeZone, at: Millis) -> String {
    Timestamp::from_millisecond(at.0)
        .map_or_else(|_| String::new(), |at| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}
