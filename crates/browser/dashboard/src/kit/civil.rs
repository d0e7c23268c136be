//! Days and local times.

use knock_model::Millis;

const DAY_MS: i64 = 86_400_000;

/// A day of the calendar, counted since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(pub(crate) i64);

impl Day {
    /// The number of the day, which distinguishes days.
    pub(crate) const fn number(self) -> usize {
        self.0 as usize
    }

    /// The day that is so many days later.
    pub(crate) const fn plus(self, days: i64) -> Day {
        Day(self.0 + days)
    }

    /// The Monday of its week.
    pub(crate) const fn monday(self) -> Day {
        // 1970-01-01 was a Thursday.
        Day(self.0 - (self.0 + 3).rem_euclid(7))
    }

    /// `2026-11-20`.
    pub(crate) fn iso(self) -> String {
        let (year, month, day) = date(self);
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// An instant in local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) day: Day,
    pub(crate) second_of_day: i64,
    pub(crate) offset_minutes: i64,
}

impl Civil {
    /// Minutes since midnight.
    pub(crate) const fn minute_of_day(self) -> i64 {
        self.second_of_day / 60
    }
}

/// The local time of `at`, `offset_minutes` ahead of UTC.
pub(crate) fn civil(at: Millis, offset_minutes: i64) -> Civil {
    let local = at.0.saturating_add(offset_minutes * 60_000);
    Civil { day: Day(local.div_euclid(DAY_MS)), second_of_day: local.rem_euclid(DAY_MS) / 1_000, offset_minutes }
}

/// Year, month and day of the month: years are taken to begin in March, so that a leap day ends one.
pub(crate) fn date(day: Day) -> (i64, i64, i64) {
    let shifted = day.0 + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_month)
}
