//! Instants and zones as visitors' browsers write them (RFC 3339, IANA names).

use crate::http::problem::Problem;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use knock_model::Millis;
use knock_wire::FieldError;

/// A time zone of the bundled database.
pub(in crate::http) struct Zone(TimeZone);

impl Zone {
    /// Reads its name.
    ///
    /// # Errors
    /// 422, when there is none with this name.
    pub(in crate::http) fn parse(pointer: &str, name: &str) -> Result<Zone, Problem> {
        let zone = knock_scheduling::zone(name);
        zone.map(Zone)
            .map_err(|error| Problem::invalid(FieldError { pointer: pointer.into(), reason: error.to_string() }))
    }

    /// A zone by a name that was checked before; UTC for one that is not known any more.
    pub(in crate::http) fn known(name: &str) -> Zone {
        Zone(knock_scheduling::zone(name).unwrap_or(TimeZone::UTC))
    }

    /// An instant in it, with the offset, which distinguishes repeated local times of an autumn night (SC-13).
    pub(in crate::http) fn local(&self, at: Millis) -> String {
        let at: Zoned = timestamp(at).to_zoned(self.0.clone());
        at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// The beginning of a day in it, or an instant.
    fn read(&self, text: &str) -> Option<Millis> {
        if let Ok(date) = text.parse::<jiff::civil::Date>()
            && text.len() == 10
        {
            let midnight = self.0.to_ambiguous_timestamp(date.at(0, 0, 0, 0)).compatible().ok()?;
            return Some(Millis(midnight.as_millisecond()));
        }
        instant_of(text)
    }

    /// The instant that a parameter of a query names: a day of this zone, or RFC 3339.
    ///
    /// # Errors
    /// 400, when it is neither.
    pub(super) fn parameter(&self, name: &str, text: Option<&str>, otherwise: Millis) -> Result<Millis, Problem> {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(otherwise) };
        self.read(text).ok_or_else(|| {
            let reason = "is neither a date such as 2026-05-12 nor an instant such as 2026-05-12T09:00:00Z";
            Problem::malformed(FieldError { pointer: format!("query/{name}"), reason: reason.into() })
        })
    }
}

fn instant_of(text: &str) -> Option<Millis> {
    text.parse::<Timestamp>().ok().map(|at| Millis(at.as_millisecond()))
}

/// The instant that a field names.
///
/// # Errors
/// 422, when it names none.
pub(in crate::http) fn instant(pointer: &str, text: &str) -> Result<Millis, Problem> {
    instant_of(text).ok_or_else(|| {
        let reason = "is no instant such as 2026-05-12T09:00:00Z".into();
        Problem::invalid(FieldError { pointer: pointer.into(), reason })
    })
}

fn timestamp(at: Millis) -> Timestamp {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::MAX)
}

pub(in crate::http) fn utc(at: Millis) -> String {
    timestamp(at).to_string()
}
