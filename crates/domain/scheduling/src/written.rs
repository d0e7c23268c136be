//! Hours as people write them: zones by name, times of day as `09:00`, dates as `2026-12-24`.

use crate::hours::{Range, Travel};
use alloc::string::ToString;
use core::fmt;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// The end of a range that lasts until midnight.
const MIDNIGHT: &str = "24:00";

/// The error in written hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongHours<'a> {
    /// No zone of the bundled database.
    Zone(&'a str),
    /// Not `HH:MM`.
    Time(&'a str),
    /// The end is not after the start (SC-01).
    Inverted,
    /// No date as `YYYY-MM-DD`.
    Date(&'a str),
    /// The last date is before the first.
    EndsBefore,
}

impl fmt::Display for WrongHours<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrongHours::Zone(name) => write!(to, "`{name}` is not a time zone such as `Europe/Berlin`"),
            WrongHours::Time(text) => write!(to, "`{text}` is not a time of day such as `09:00`"),
            WrongHours::Inverted => {
                to.write_str("hours end at or before their start; write two ranges for hours over midnight")
            }
            WrongHours::Date(text) => write!(to, "`{text}` is not a date such as `2026-12-24`"),
            WrongHours::EndsBefore => to.write_str("the last date is before the first"),
        }
    }
}

impl core::error::Error for WrongHours<'_> {}

/// The zone with this name, from the bundled database.
///
/// # Errors
/// [`WrongHours::Zone`] where there is none.
pub fn zone(name: &str) -> Result<TimeZone, WrongHours<'_>> {
    TimeZone::get(name).map_err(|_| WrongHours::Zone(name))
}

/// The date that is written `YYYY-MM-DD`.
///
/// # Errors
/// [`WrongHours::Date`] for anything else, and for a day that no calendar has.
pub fn date(text: &str) -> Result<Date, WrongHours<'_>> {
    // What reads dates takes other spellings too, and years before year 0.
    let date = text.parse::<Date>().ok().filter(|date| text.len() == "YYYY-MM-DD".len() && date.to_string() == text);
    date.ok_or(WrongHours::Date(text))
}

impl Travel {
    /// Travel from one date to another, both included, in a zone.
    ///
    /// # Errors
    /// [`WrongHours::Date`], [`WrongHours::EndsBefore`] and [`WrongHours::Zone`].
    pub fn parse<'a>(from: &'a str, to: &'a str, name: &'a str) -> Result<Travel, WrongHours<'a>> {
        let (from, to) = (date(from)?, date(to)?);
        if to < from {
            return Err(WrongHours::EndsBefore);
        }
        Ok(Travel { from, to, zone: zone(name)? })
    }
}

impl Range {
    /// A range of two times of day; `24:00` is the next midnight.
    ///
    /// # Errors
    /// [`WrongHours::Time`] and [`WrongHours::Inverted`].
    pub fn parse<'a>(start: &'a str, end: &'a str) -> Result<Range, WrongHours<'a>> {
        let from = time(start)?;
        let to = if end == MIDNIGHT { None } else { Some(time(end)?) };
        Range::new(from, to).ok_or(WrongHours::Inverted)
    }
}

/// The time of day that is written `HH:MM`, nothing else.
///
/// # Errors
/// [`WrongHours::Time`] for anything else.
pub fn time(text: &str) -> Result<Time, WrongHours<'_>> {
    let number = |part: &str| if part.len() == 2 { part.parse::<i8>().ok() } else { None };
    let parts = text.split_once(':').and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
    let time = parts.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    time.ok_or(WrongHours::Time(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_one_way_and_exist() {
        assert_eq!(date("2028-02-29"), Ok(jiff::civil::date(2028, 2, 29)));
        for wrong in ["2026-02-29", "20261224", "2026-12-24T00:00", "2026-1-2", " 2026-12-24", "", "-002026-01-01"] {
            assert_eq!(date(wrong), Err(WrongHours::Date(wrong)), "{wrong}");
        }
    }

    #[test]
    fn times_of_day_are_written_in_one_way() {
        assert_eq!(time("08:30"), Ok(Time::constant(8, 30, 0, 0)));
        for wrong in ["8:30", "08:30:00", "24:00", "12:60", "", "0830"] {
            assert_eq!(time(wrong), Err(WrongHours::Time(wrong)), "{wrong}");
        }
    }

    #[test]
    fn travel_may_last_one_day_and_not_end_before_it_begins() {
        let (from, to) = ("2026-12-24", "2026-12-25");
        let one_day = Travel::parse(from, from, "Asia/Tokyo").expect("a day");
        assert_eq!((one_day.from, one_day.to), (jiff::civil::date(2026, 12, 24), jiff::civil::date(2026, 12, 24)));
        assert_eq!(Travel::parse(to, from, "Asia/Tokyo"), Err(WrongHours::EndsBefore));
        assert_eq!(Travel::parse(from, "x", "Asia/Tokyo"), Err(WrongHours::Date("x")));
        assert_eq!(Travel::parse(from, to, "Tokyo"), Err(WrongHours::Zone("Tokyo")));
    }
}
