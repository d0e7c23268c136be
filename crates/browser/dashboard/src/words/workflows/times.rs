//! Times of day in a form: waits for one, quiet hours, and the next instant of one.

use knock_model::Millis;
use knock_workflow::{Quiet, WaitUntil, Weekday};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::kit::civil::{Day, civil};

/// The days with their names, Monday first.
pub(crate) const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "Monday"),
    (Weekday::Tuesday, "Tuesday"),
    (Weekday::Wednesday, "Wednesday"),
    (Weekday::Thursday, "Thursday"),
    (Weekday::Friday, "Friday"),
    (Weekday::Saturday, "Saturday"),
    (Weekday::Sunday, "Sunday"),
];
const MINUTE: i64 = 60_000;
const DAY: i64 = 1_440 * MINUTE;
/// The dates looked at for the next instant: each day of a week, and one on either side.
const DATES: i64 = 9;

/// A time of day on some days, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UntilDraft {
    /// `HH:MM`.
    pub(crate) time: String,
    /// All days where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) days: Vec<Weekday>,
    pub(crate) zone: String,
}

/// Quiet hours, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct QuietDraft {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) zone: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) days: Vec<Weekday>,
}

impl UntilDraft {
    /// The next working day at nine.
    pub(crate) fn new(zone: &str) -> UntilDraft {
        let days = DAYS.iter().take(5).map(|(day, _)| *day).collect();
        UntilDraft { time: "09:00".to_owned(), days, zone: zone.to_owned() }
    }

    pub(crate) fn read(until: &WaitUntil) -> UntilDraft {
        spelled(until).unwrap_or_else(|| UntilDraft::new("UTC"))
    }

    pub(crate) fn written(&self) -> Result<WaitUntil, String> {
        checked(&[&self.time], &self.zone)?;
        spelled(self).ok_or_else(|| "Fill in a time of day.".to_owned())
    }

    /// The next such instant from `now` on, by the offset of local time from UTC in minutes at an instant; none for a
    /// zone without one, and before a time is filled in.
    pub(crate) fn next(&self, now: Millis, offset: impl Fn(Millis) -> Option<i64>) -> Option<Millis> {
        let minute = minute_of(&self.time)?;
        let today = civil(now, offset(now)?).day;
        let is_on = |day: &Day| {
            let weekday = usize::try_from((day.0 + 3).rem_euclid(7)).ok().and_then(|at| DAYS.get(at));
            self.days.is_empty() || weekday.is_some_and(|(weekday, _)| self.days.contains(weekday))
        };
        let dates = (-1..DATES).map(|ahead| today.plus(ahead)).filter(is_on);
        dates.filter_map(|day| instant(day, minute, &offset)).find(|at| *at >= now)
    }
}

impl QuietDraft {
    pub(crate) fn new(zone: &str) -> QuietDraft {
        let days = vec![Weekday::Saturday, Weekday::Sunday];
        QuietDraft { from: "20:00".to_owned(), to: "08:00".to_owned(), zone: zone.to_owned(), days }
    }

    pub(crate) fn read(quiet: &Quiet) -> QuietDraft {
        spelled(quiet).unwrap_or_else(|| QuietDraft::new("UTC"))
    }

    pub(crate) fn written(&self) -> Result<Quiet, String> {
        checked(&[&self.from, &self.to], &self.zone)?;
        if self.days.len() >= DAYS.len() {
            return Err("Leave a day that is not quiet as a whole.".to_owned());
        }
        spelled(self).ok_or_else(|| "Fill in both times.".to_owned())
    }
}

/// One shape as another one, by their JSON.
fn spelled<T: DeserializeOwned>(of: &impl Serialize) -> Option<T> {
    knock_json::parse_with_fractions(&serde_json::to_string(of).ok()?)
}

fn checked(times: &[&str], zone: &str) -> Result<(), String> {
    if times.iter().any(|time| minute_of(time).is_none()) {
        return Err("Fill in a time of day.".to_owned());
    }
    if zone.trim().is_empty() { Err("Fill in a time zone, such as Europe/Berlin.".to_owned()) } else { Ok(()) }
}

fn minute_of(time: &str) -> Option<i64> {
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// The instant of a local time: the first of an hour that comes twice, the end of the gap in an hour that is left out.
fn instant(day: Day, minute: i64, offset: &impl Fn(Millis) -> Option<i64>) -> Option<Millis> {
    let local = day.0 * DAY + minute * MINUTE;
    let by = |near: i64| Some(local - offset(Millis(near))? * MINUTE);
    let (early, late) = (by(local - DAY)?, by(local + DAY)?);
    let holds = |at: &i64| offset(Millis(*at)).is_some_and(|minutes| *at + minutes * MINUTE == local);
    if let Some(at) = [early, late].into_iter().filter(holds).min() {
        return Some(Millis(at));
    }
    let (mut before, mut after) = (early.min(late), early.max(late));
    let first = offset(Millis(before))?;
    while after - before > MINUTE {
        let middle = (before + (after - before) / 2).div_euclid(MINUTE) * MINUTE;
        if offset(Millis(middle))? == first {
            before = middle;
        } else {
            after = middle;
        }
    }
    Some(Millis(after))
}

/// The days in words: `every day`, `Monday to Friday`, else their names.
pub(crate) fn days_words(days: &[Weekday]) -> String {
    let is_on = |(day, _): &&(Weekday, &str)| days.contains(day);
    let working = DAYS.iter().take(5).filter(is_on).count() == 5;
    if days.is_empty() || DAYS.iter().all(|day| is_on(&day)) {
        return "every day".to_owned();
    }
    if working && days.len() == 5 {
        return "on working days".to_owned();
    }
    let names: Vec<&str> = DAYS.iter().filter(is_on).map(|(_, name)| *name).collect();
    format!("on {}", names.join(", "))
}

/// The place of a zone: `Europe/Berlin` is Berlin.
pub(crate) fn place_of(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// Berlin in 2026: the clock goes forward on 29 March at 01:00 UTC, and back on 25 October at 01:00 UTC.
    fn berlin(at: Millis) -> Option<i64> {
        let is_summer = (1_774_746_000_000..1_792_890_000_000).contains(&at.0);
        Some(if is_summer { 120 } else { 60 })
    }

    fn next(time: &str, days: &[Weekday], now: i64) -> Option<Millis> {
        let until = UntilDraft { time: time.to_owned(), days: days.to_vec(), zone: "Europe/Berlin".to_owned() };
        until.next(Millis(now), berlin)
    }

    #[wasm_bindgen_test]
    fn the_next_instant_is_on_a_wanted_day() {
        // Saturday 28 February 2026, 12:00 in Berlin.
        let saturday = 1_772_276_400_000;
        let working = UntilDraft::new("Europe/Berlin").days;
        assert_eq!(next("09:00", &working, saturday), Some(Millis(1_772_438_400_000)), "Mon 2 Mar 09:00");
        assert_eq!(next("12:00", &[], saturday), Some(Millis(saturday)));
        assert_eq!(next("11:59", &[], saturday), Some(Millis(saturday - 60_000 + 86_400_000)));
        assert_eq!(next("x", &[], saturday), None);
    }

    #[wasm_bindgen_test]
    fn a_change_of_the_clock_has_one_instant() {
        assert_eq!(next("02:30", &[], 1_774_738_800_000), Some(Millis(1_774_746_000_000)), "the end of the gap");
        assert_eq!(next("02:30", &[], 1_792_879_200_000), Some(Millis(1_792_888_200_000)), "the first of two");
    }

    #[wasm_bindgen_test]
    fn days_and_places_are_short() {
        let days = |count: usize| DAYS.iter().take(count).map(|(day, _)| *day).collect::<Vec<_>>();
        assert_eq!(
            [0, 2, 5, 7].map(|count| days_words(&days(count))),
            ["every day", "on Monday, Tuesday", "on working days", "every day"]
        );
        assert_eq!(place_of("America/New_York"), "New York");
    }

    #[wasm_bindgen_test]
    fn quiet_hours_leave_a_day() {
        let mut quiet = QuietDraft::new("Europe/Berlin");
        let written = quiet.written().expect("quiet hours");
        assert_eq!(QuietDraft::read(&written), quiet);
        quiet.days = DAYS.iter().map(|(day, _)| *day).collect();
        assert!(quiet.written().is_err());
        assert!(QuietDraft { from: String::new(), ..QuietDraft::new("UTC") }.written().is_err());
    }
}
