//! Exact instants, in UTC for machines and in the reader's time zone for people.

use knock_model::Millis;
use std::ops::Range;

use crate::kit::civil::{Civil, Day, civil, date};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `Fri 20 November 2026, 09:05:07 (UTC+01:00)`.
pub(crate) fn exact(civil: Civil) -> String {
    let (year, month, day) = date(civil.day);
    let (hour, minute, second) = (civil.second_of_day / 3_600, civil.second_of_day / 60 % 60, civil.second_of_day % 60);
    let sign = if civil.offset_minutes < 0 { '-' } else { '+' };
    let offset = civil.offset_minutes.abs();
    format!(
        "{} {day} {month} {year}, {hour:02}:{minute:02}:{second:02} (UTC{sign}{:02}:{:02})",
        &weekday(civil.day)[..3],
        offset / 60,
        offset % 60,
        month = month_name(month),
    )
}

/// `09:05`.
pub(crate) fn time_of_day(civil: Civil) -> String {
    format!("{:02}:{:02}", civil.second_of_day / 3_600, civil.second_of_day / 60 % 60)
}

/// `13:00 to 14:00`: a part of a day by its minutes; the end of the day is `24:00`.
pub(crate) fn minutes_label(minutes: &Range<i64>) -> String {
    let time = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    format!("{} to {}", time(minutes.start), time(minutes.end))
}

/// `2026-11-20T09:05`, for a field for date and time.
pub(crate) fn input_value(civil: Civil) -> String {
    format!("{}T{}", civil.day.iso(), time_of_day(civil))
}

/// `2026-11-20T08:05:07.123Z`, for the `datetime` attribute.
pub(crate) fn iso(at: Millis) -> String {
    let utc = civil(at, 0);
    let (year, month, day) = date(utc.day);
    let second = utc.second_of_day;
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        second / 3_600,
        second / 60 % 60,
        second % 60,
        at.0.rem_euclid(1_000),
    )
}

/// `Today`, `Yesterday`, else the date; the year only when it is another one.
pub(crate) fn day_label(day: Day, today: Day) -> String {
    match today.0 - day.0 {
        0 => return "Today".to_owned(),
        1 => return "Yesterday".to_owned(),
        _ => {}
    }
    let (year, month, number) = date(day);
    let label = format!("{} {number} {}", weekday(day), month_name(month));
    if year == date(today).0 { label } else { format!("{label} {year}") }
}

/// `Today`, `Tomorrow`, else `Fri 20 November`; the year only when it is another one.
pub(crate) fn date_label(day: Day, today: Day) -> String {
    match day.0 - today.0 {
        0 => return "Today".to_owned(),
        1 => return "Tomorrow".to_owned(),
        _ => {}
    }
    let label = weekday_label(day);
    let (year, ..) = date(day);
    if year == date(today).0 { label } else { format!("{label} {year}") }
}

/// `Fri 20 November`.
pub(crate) fn weekday_label(day: Day) -> String {
    let (_, month, number) = date(day);
    format!("{} {number} {}", &weekday(day)[..3], month_name(month))
}

/// `today, 09:00`, else `Tue 1 Dec, 09:00`; the year only when it is another one. Within a sentence.
pub(crate) fn day_and_time(at: Civil, today: Day) -> String {
    let time = time_of_day(at);
    if at.day == today {
        return format!("today, {time}");
    }
    let (year, month, number) = date(at.day);
    let day = format!("{} {number} {}", &weekday(at.day)[..3], &month_name(month)[..3]);
    if year == date(today).0 { format!("{day}, {time}") } else { format!("{day} {year}, {time}") }
}

/// `23:00 in America/Vancouver`, with the day where the reader has another one.
pub(crate) fn time_in_zone(theirs: Civil, reader: Day, zone: &str) -> String {
    let time = time_of_day(theirs);
    if theirs.day == reader {
        return format!("{time} in {zone}");
    }
    format!("{}, {time} in {zone}", weekday_label(theirs.day))
}

/// `16 November to 22 November 2026`.
pub(crate) fn days_label(first: Day, last: Day) -> String {
    let words = |day| {
        let (_, month, number) = date(day);
        format!("{number} {}", month_name(month))
    };
    format!("{} to {} {}", words(first), words(last), date(last).0)
}

/// `November 2026`.
pub(crate) fn month_label(day: Day) -> String {
    let (year, month, _) = date(day);
    format!("{} {year}", month_name(month))
}

fn weekday(day: Day) -> &'static str {
    // 1970-01-01 was a Thursday.
    usize::try_from((day.0 + 3).rem_euclid(7)).ok().and_then(|at| WEEKDAYS.get(at)).copied().unwrap_or_default()
}

fn month_name(month: i64) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    const AT: Millis = Millis(1_795_163_907_123);

    #[wasm_bindgen_test]
    fn an_instant_is_written_in_both_zones() {
        assert_eq!(iso(AT), "2026-11-20T08:38:27.123Z");
        assert_eq!(exact(civil(AT, 60)), "Fri 20 November 2026, 09:38:27 (UTC+01:00)");
        assert_eq!(exact(civil(AT, -570)), "Thu 19 November 2026, 23:08:27 (UTC-09:30)");
        assert_eq!(time_of_day(civil(AT, -570)), "23:08");
        assert_eq!(iso(Millis(0)), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(Millis(1_709_164_800_000)), "2024-02-29T00:00:00.000Z");
    }

    #[wasm_bindgen_test]
    fn days_are_named_as_people_do() {
        let today = civil(AT, 0).day;
        for (back, expected) in
            [(0, "Today"), (1, "Yesterday"), (2, "Wednesday 18 November"), (330, "Thursday 25 December 2025")]
        {
            assert_eq!(day_label(civil(AT - Millis::days(back), 0).day, today), expected);
        }
    }

    #[wasm_bindgen_test]
    fn days_to_come_and_weeks_are_named() {
        let friday = civil(AT, 0).day;
        let labels = [0, 1, 2, 42].map(|ahead| date_label(friday.plus(ahead), friday));
        assert_eq!(labels, ["Today", "Tomorrow", "Sun 22 November", "Fri 1 January 2027"]);
        let monday = friday.monday();
        assert_eq!((monday.iso(), monday.monday()), ("2026-11-16".to_owned(), monday));
        assert_eq!(days_label(monday, monday.plus(6)), "16 November to 22 November 2026");
        assert_eq!(civil(AT, 60).minute_of_day(), 9 * 60 + 38);
    }

    #[wasm_bindgen_test]
    fn an_instant_to_come_is_short_in_a_sentence() {
        let now = civil(AT, 60);
        let ahead = |days| day_and_time(civil(AT + Millis::days(days), 60), now.day);
        assert_eq!([0, 1, 42].map(ahead), ["today, 09:38", "Sat 21 Nov, 09:38", "Fri 1 Jan 2027, 09:38"]);
    }

    #[wasm_bindgen_test]
    fn a_day_begins_at_local_midnight() {
        let late = civil(AT, 0).day;
        assert_ne!(civil(AT + Millis(16 * 3_600_000), 0).day, late);
        assert_eq!(civil(AT + Millis(16 * 3_600_000), -60).day, late);
    }
}
