//! Hours as people write them: zones by name, times of day as `09:00`.

use crate::hours::Range;
use core::fmt;
use jiff::civil::Time;
use jiff::tz::TimeZone;

/// The end of a range that lasts until midnight.
const MIDNIGHT: &str = "24:00";

/// What is wrong with hours as they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongHours<'a> {
    /// No zone of the bundled database.
    Zone(&'a str),
    /// Not `HH:MM`.
    Time(&'a str),
    /// The end is not after the start (SC-01).
    Inverted,
}

impl fmt::Display for WrongHours<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrongHours::Zone(name) => write!(to, "`{name}` is not a time zone such as `Europe/Berlin`"),
            WrongHours::Time(text) => write!(to, "`{text}` is not a time of day such as `09:00`"),
            WrongHours::Inverted => {
                to.write_str("hours end at or before their start; write two ranges for hours over midnight")
            }
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

/// `HH:MM`, nothing else.
fn time(text: &str) -> Result<Time, WrongHours<'_>> {
    let number = |part: &str| if part.len() == 2 { part.parse::<i8>().ok() } else { None };
    let parts = text.split_once(':').and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
    let time = parts.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    time.ok_or(WrongHours::Time(text))
}
