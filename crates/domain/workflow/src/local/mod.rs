//! Local times: days of the week, zones, waits for a time of day, quiet hours.

mod quiet;
mod until;

use alloc::string::{String, ToString};
#[cfg(feature = "zones")]
use jiff::Timestamp;
use jiff::civil::{self, Date, Time};
#[cfg(feature = "zones")]
use jiff::tz::{AmbiguousOffset, TimeZone};
use knock_model::{Millis, spelled, vocabulary};
pub use quiet::Quiet;
pub use until::WaitUntil;

vocabulary! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday = "mon",
        /// Tuesday.
        Tuesday = "tue",
        /// Wednesday.
        Wednesday = "wed",
        /// Thursday.
        Thursday = "thu",
        /// Friday.
        Friday = "fri",
        /// Saturday.
        Saturday = "sat",
        /// Sunday.
        Sunday = "sun",
    }
}

spelled!(Weekday);

impl Weekday {
    const fn of(day: civil::Weekday) -> Weekday {
        match day {
            civil::Weekday::Monday => Weekday::Monday,
            civil::Weekday::Tuesday => Weekday::Tuesday,
            civil::Weekday::Wednesday => Weekday::Wednesday,
            civil::Weekday::Thursday => Weekday::Thursday,
            civil::Weekday::Friday => Weekday::Friday,
            civil::Weekday::Saturday => Weekday::Saturday,
            civil::Weekday::Sunday => Weekday::Sunday,
        }
    }
}

/// A time zone of the bundled database, with its name. Without the feature `zones` the database is not there: every name
/// is taken, and no instant has a local time. Forms of workflows need no more, and the database is larger than they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    #[cfg(feature = "zones")]
    zone: TimeZone,
}

impl Zone {
    /// The zone with this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn parse(name: &str) -> Result<Zone, knock_scheduling::WrongHours<'_>> {
        Ok(Zone {
            name: name.to_string(),
            #[cfg(feature = "zones")]
            zone: knock_scheduling::zone(name)?,
        })
    }

    /// Its name, such as `Europe/Berlin`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(feature = "zones")]
impl Zone {
    /// The local date of an instant; `None` beyond the calendar.
    fn date(&self, at: Millis) -> Option<Date> {
        Some(self.zone.to_datetime(Timestamp::from_millisecond(at.0).ok()?).date())
    }

    /// The instant of a local time: in a gap of the clock the end of the gap, of an hour that comes twice the first
    /// (WF-W2). `None` beyond the calendar.
    fn instant(&self, date: Date, time: Time) -> Option<Millis> {
        let local = date.to_datetime(time);
        let at = match self.zone.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).ok()?,
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local).ok()?,
            // By the later offset the time lies before the change, which is the end of the gap.
            AmbiguousOffset::Gap { after, .. } => {
                self.zone.following(after.to_timestamp(local).ok()?).next()?.timestamp()
            }
        };
        Some(Millis(at.as_millisecond()))
    }
}

#[cfg(not(feature = "zones"))]
impl Zone {
    const fn date(&self, _at: Millis) -> Option<Date> {
        None
    }

    const fn instant(&self, _date: Date, _time: Time) -> Option<Millis> {
        None
    }
}
