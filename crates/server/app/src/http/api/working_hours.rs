//! Validation of working hours, field by field.

use knock_engine::own_hours;
use knock_wire::{Availability, FieldError, NO_HOLIDAYS};
use std::collections::BTreeSet;

/// The most ranges of one day.
const MAX_RANGES: usize = 10;
/// The largest number of dates with hours of their own.
const MAX_OVERRIDES: usize = 400;
/// The largest number of journeys.
const MAX_TRAVEL: usize = 50;

/// Checks hours, other dates, travel and holidays.
///
/// # Errors
/// The first invalid field.
pub(super) fn check_hours(availability: &Availability) -> Result<(), FieldError> {
    check_counts(availability)?;
    own_hours(availability).map_err(|(pointer, reason)| FieldError { pointer, reason: reason.to_string() })?;
    let mut dates = BTreeSet::new();
    if let Some(twice) = availability.overrides.iter().position(|other| !dates.insert(&other.date)) {
        return Err(wrong(format!("/overrides/{twice}/date"), "is there twice".to_owned()));
    }
    let own = availability.holidays.as_deref().filter(|code| *code != NO_HOLIDAYS);
    own.map_or(Ok(()), |code| check_holidays(code, "/holidays"))
}

/// Checks that a region has known public holidays.
///
/// # Errors
/// The field at `pointer`.
pub(super) fn check_holidays(code: &str, pointer: &str) -> Result<(), FieldError> {
    let unknown = || wrong(pointer.to_owned(), "is no country or part of one that `GET /api/v1/holidays` lists".into());
    knock_holidays::region(code).map(drop).ok_or_else(unknown)
}

fn check_counts(availability: &Availability) -> Result<(), FieldError> {
    let days = availability.hours.iter().flat_map(|hours| hours.days());
    let days = days.map(|(day, ranges)| (format!("/hours/{day}"), ranges.len()));
    let dates = availability.overrides.iter().enumerate();
    let dates = dates.map(|(at, other)| (format!("/overrides/{at}/ranges"), other.ranges.len()));
    let lists = [
        ("/overrides", availability.overrides.len(), MAX_OVERRIDES, "dates"),
        ("/travel", availability.travel.len(), MAX_TRAVEL, "entries"),
    ];
    for (pointer, count, most, what) in lists {
        if count > most {
            return Err(wrong(pointer.to_owned(), format!("expected at most {most} {what}")));
        }
    }
    match days.chain(dates).find(|(_, count)| *count > MAX_RANGES) {
        Some((pointer, _)) => Err(wrong(pointer, format!("expected at most {MAX_RANGES} ranges"))),
        None => Ok(()),
    }
}

fn wrong(pointer: String, reason: String) -> FieldError {
    FieldError { pointer, reason }
}
