//! A month of a calendar: its days in rows, and keyboard navigation.

/// A day of the Gregorian calendar, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) i32);

/// A month, counted from January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month(i32);

impl Day {
    /// Parses the day of the text `2026-11-23`, whatever follows it.
    pub(crate) fn parse(text: &str) -> Option<Day> {
        let month = Month::parse(text)?;
        let number: i32 = text.get(8..10)?.parse().ok()?;
        let day = month.first().plus(number - 1);
        (day.month() == month).then_some(day)
    }

    /// The day that is so many days later.
    pub(crate) const fn plus(self, days: i32) -> Day {
        Day(self.0 + days)
    }

    /// The month it is in.
    pub(crate) const fn month(self) -> Month {
        // Years begin in March here, so that the leap day is their last; 400 of them have 146,097 days.
        let days = self.0 + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        Month((era * 400 + year) * 12 + from_march + 2)
    }

    /// Its weekday: 0 for Monday.
    pub(crate) const fn weekday(self) -> i32 {
        (self.0 + 3).rem_euclid(7)
    }

    /// Its number in the month.
    pub(crate) const fn number(self) -> i32 {
        self.0 - self.month().first().0 + 1
    }

    /// Its midnight in milliseconds since 1970, as if it were UTC.
    pub(crate) fn midnight(self) -> f64 {
        f64::from(self.0) * 86_400_000.0
    }
}

impl Month {
    /// Parses the month of the text `2026-11`, whatever follows it.
    pub(crate) fn parse(text: &str) -> Option<Month> {
        let (year, month): (i32, i32) = (text.get(..4)?.parse().ok()?, text.get(5..7)?.parse().ok()?);
        (1..=12).contains(&month).then_some(Month(year * 12 + month - 1))
    }

    /// The month that is so many months later.
    pub(crate) const fn plus(self, months: i32) -> Month {
        Month(self.0 + months)
    }

    /// Its first day.
    pub(crate) const fn first(self) -> Day {
        let from_march = self.0 - 2;
        let (year, month) = (from_march.div_euclid(12), from_march.rem_euclid(12));
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let days = of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5;
        Day(era * 146_097 + days - 719_468)
    }

    /// Its last day.
    pub(crate) const fn last(self) -> Day {
        self.plus(1).first().plus(-1)
    }

    /// The first days of its rows, for weeks that begin with the weekday `first` (0 for Monday).
    pub(crate) fn rows(self, first: i32) -> impl Iterator<Item = Day> {
        let start = self.first();
        let start = start.plus(-(start.weekday() - first).rem_euclid(7));
        let last = self.last();
        (0..6).map(move |week| start.plus(7 * week)).take_while(move |row| *row <= last)
    }

    /// The form in an instant of RFC 3339: `2026-11`.
    pub(crate) fn text(self) -> String {
        let month = self.0 % 12 + 1;
        format!("{}-{}{month}", self.0 / 12, if month < 10 { "0" } else { "" })
    }
}

/// The day that a key leads to from a day, in weeks that begin with the weekday `first`; none for other keys.
pub(crate) fn led(key: &str, from: Day, first: i32) -> Option<Day> {
    let of_week = (from.weekday() - first).rem_euclid(7);
    let in_month = |month: Month| month.first().plus(from.number() - 1).min(month.last());
    Some(match key {
        "ArrowLeft" => from.plus(-1),
        "ArrowRight" => from.plus(1),
        "ArrowUp" => from.plus(-7),
        "ArrowDown" => from.plus(7),
        "Home" => from.plus(-of_week),
        "End" => from.plus(6 - of_week),
        "PageUp" => in_month(from.month().plus(-1)),
        "PageDown" => in_month(from.month().plus(1)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("it is a day")
    }

    #[wasm_bindgen_test]
    fn days_are_those_of_the_calendar() {
        for (text, number, weekday) in [
            ("1970-01-01", 0, 3),
            ("2000-02-29T10:00:00Z", 11_016, 1),
            ("2026-11-23T09:00:00-08:00", 20_780, 0),
            ("2100-03-01", 47_541, 0),
        ] {
            let day = Day::parse(text).expect("it is one");
            assert_eq!((day.0, day.weekday()), (number, weekday), "{text}");
            assert_eq!(day.month().text(), text[..7], "{text}");
            assert_eq!(day.number().to_string(), text[8..10].trim_start_matches('0'), "{text}");
        }
        for wrong in ["", "2026", "2026-13-01", "2026-02-29", "2026-00-10", "2026-11-00", "x"] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
    }

    #[wasm_bindgen_test]
    fn every_day_of_a_century_is_in_its_month_once() {
        let (mut month, mut next) = (Month::parse("1999-12").expect("one"), day("1999-12-01"));
        for _ in 0..1_300 {
            assert_eq!(month.first(), next);
            assert!((28..=31).contains(&month.last().number()));
            assert!((month.first().0..=month.last().0).all(|number| Day(number).month() == month));
            (month, next) = (month.plus(1), month.last().plus(1));
        }
    }

    #[wasm_bindgen_test]
    fn rows_begin_with_the_first_day_of_the_week() {
        for (first, expected) in [(0, "2026-10-26"), (6, "2026-11-01"), (5, "2026-10-31")] {
            let rows: Vec<Day> = Month::parse("2026-11").expect("one").rows(first).collect();
            assert_eq!(rows.first(), Some(&day(expected)));
            assert!(rows.last().is_some_and(|row| row.plus(6) >= day("2026-11-30")), "{first}");
        }
        assert_eq!(Month::parse("2027-02").expect("one").rows(0).count(), 4);
    }

    #[wasm_bindgen_test]
    fn keys_lead_as_in_every_date_grid() {
        let from = day("2026-01-31");
        for (key, expected) in [
            ("ArrowLeft", Some("2026-01-30")),
            ("ArrowRight", Some("2026-02-01")),
            ("ArrowUp", Some("2026-01-24")),
            ("ArrowDown", Some("2026-02-07")),
            ("Home", Some("2026-01-26")),
            ("End", Some("2026-02-01")),
            ("PageUp", Some("2025-12-31")),
            ("PageDown", Some("2026-02-28")),
            ("a", None),
        ] {
            assert_eq!(led(key, from, 0), expected.map(day), "{key}");
        }
    }
}
