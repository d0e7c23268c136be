//! Waits for a time of day (WF-W2).

use super::{Weekday, Zone};
use alloc::vec::Vec;
use jiff::ToSpan;
use jiff::civil::Time;
use knock_model::Millis;

/// The most dates looked at: a week has every day, and the time of a date at either end may lie outside.
const DATES: usize = 10;

/// A time of day on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitUntil {
    /// The local time.
    pub time: Time,
    /// The days; `None` is every day.
    pub days: Option<Vec<Weekday>>,
    pub zone: Zone,
}

impl WaitUntil {
    /// The least instant not before `at` at which it is that time on such a day; `None` beyond the calendar.
    pub(crate) fn next(&self, at: Millis) -> Option<Millis> {
        let first = self.zone.date(at)?.checked_sub(1.day()).ok()?;
        let dates = first.series(1.day()).take(DATES);
        let on_days = dates.filter(|date| {
            let day = Weekday::of(date.weekday());
            self.days.as_ref().is_none_or(|days| days.contains(&day))
        });
        on_days.filter_map(|date| self.zone.instant(date, self.time)).find(|instant| *instant >= at)
    }
}
