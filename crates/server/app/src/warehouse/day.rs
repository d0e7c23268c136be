//! Days of tables, which begin at midnight in UTC.

use crate::reports::Wrong;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_model::Millis;
use std::fmt::{Display, Formatter};

/// A day, by its number since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(i64);

impl Day {
    /// The day of an instant.
    pub(crate) const fn of(at: Millis) -> Day {
        Day(at.0.div_euclid(Millis::DAY.0))
    }

    /// A day as `2026-11-01`.
    pub(crate) fn parse(text: &str) -> Option<Day> {
        let midnight = knock_scheduling::date(text).ok()?.to_zoned(TimeZone::UTC).ok()?;
        Some(Day::of(Millis(midnight.timestamp().as_millisecond())))
    }

    pub(crate) const fn begin(self) -> Millis {
        Millis::days(self.0)
    }

    /// The beginning of the next one.
    pub(crate) const fn end(self) -> Millis {
        self.next().begin()
    }

    pub(crate) const fn next(self) -> Day {
        Day(self.0.saturating_add(1))
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match Timestamp::from_millisecond(self.begin().0) {
            Ok(midnight) => write!(f, "{}", midnight.strftime("%Y-%m-%d")),
            Err(_) => write!(f, "{}", self.0),
        }
    }
}

/// The first instant, and the one after the last, of words: one day; or from a day or instant, by default all there is,
/// up to the end of a day or up to an instant, by default the end of today.
pub(crate) fn span(
    day: Option<&str>,
    from: Option<&str>,
    to: Option<&str>,
    now: Millis,
) -> Result<(Millis, Millis), Wrong> {
    let given = |word: Option<&str>| word.filter(|word| !word.is_empty()).map(ToOwned::to_owned);
    let (day, from, to) = (given(day), given(from), given(to));
    if let Some(day) = day {
        if from.is_some() || to.is_some() {
            let reason = "stands beside `from` or `to`: give one of the two".to_owned();
            return Err(Wrong { name: "day", reason });
        }
        let reason = || "is not a day such as `2026-12-24`".to_owned();
        let day = Day::parse(&day).ok_or_else(|| Wrong { name: "day", reason: reason() })?;
        return Ok((day.begin(), day.end()));
    }
    let from = from.map_or(Ok(Millis(0)), |from| edge("from", &from, Day::begin))?;
    let to = to.map_or(Ok(Day::of(now).end()), |to| edge("to", &to, Day::end))?;
    if to <= from {
        return Err(Wrong { name: "to", reason: "does not lie after `from`".to_owned() });
    }
    Ok((from, to))
}

/// An instant, or that of a day which `of` says.
fn edge(name: &'static str, text: &str, of: fn(Day) -> Millis) -> Result<Millis, Wrong> {
    if let Some(day) = Day::parse(text) {
        return Ok(of(day));
    }
    let instant = text.parse::<Timestamp>().map(|at| Millis(at.as_millisecond()));
    let reason = "is not a day such as `2026-12-24`, nor an instant such as `2026-12-24T12:00:00Z`";
    instant.map_err(|_| Wrong { name, reason: reason.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-30 12:00 UTC.
    const NOW: Millis = Millis(1_796_040_000_000);
    const NOON: Millis = Millis(43_200_000);

    #[test]
    fn a_day_is_written_as_it_is_read() {
        for (text, number) in [("1970-01-01", 0), ("1970-01-02", 1), ("1969-12-31", -1), ("2026-11-30", 20_787)] {
            let day = Day::parse(text).expect("a day");
            assert_eq!((day.to_string().as_str(), day), (text, Day(number)));
            assert_eq!(day.end() - day.begin(), Millis::DAY);
        }
        assert_eq!(Day::of(NOW), Day(20_787));
        assert_eq!([Day::of(Millis(-1)), Day::of(Millis(0))], [Day(-1), Day(0)]);
        for text in ["", "today", "2026-11-31", "2026-11-1", "2026-11-01T00:00:00Z", "20261101"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_is_of_days_or_instants() {
        let read = |day, from, to| span(day, from, to, NOW).expect("good words");
        let today = Day::of(NOW);
        assert_eq!(read(Some("2026-11-30"), None, Some("")), (today.begin(), today.end()));
        assert_eq!(read(None, None, None), (Millis(0), today.end()));
        assert_eq!(read(None, Some("2026-11-30"), Some("2026-11-30")), (today.begin(), today.end()));
        assert_eq!(
            read(None, Some("2026-11-30T12:00:00Z"), Some("2026-11-30T14:00:00+01:00")),
            (today.begin() + NOON, today.begin() + NOON + Millis(3_600_000)),
        );
    }

    #[test]
    fn a_wrong_word_is_named() {
        let wrong = |day, from, to| span(day, from, to, NOW).expect_err("wrong").name;
        assert_eq!(wrong(Some("yesterday"), None, None), "day");
        assert_eq!(wrong(Some("2026-11-30"), Some("2026-11-30"), None), "day");
        assert_eq!(wrong(None, Some("now"), None), "from");
        assert_eq!(wrong(None, None, Some("2026-13-01")), "to");
        assert_eq!(wrong(None, Some("2026-11-30"), Some("2026-11-29")), "to");
        assert_eq!(wrong(None, Some("2026-12-02"), None), "to");
    }
}
