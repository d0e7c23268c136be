//! `patternedRecurrence`: the dates of a series.
//!
//! <https://learn.microsoft.com/graph/api/resources/patternedrecurrence>,
//! <https://learn.microsoft.com/graph/api/resources/recurrencepattern>,
//! <https://learn.microsoft.com/graph/api/resources/recurrencerange>

use crate::errors::{Refusal, invalid, unreadable};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde_json::Value as Json;

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];
/// By `index`: the week of a month, `last` counts from its end.
const WEEKS: [(&str, i8); 5] = [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("last", -1)];

/// A series: when it repeats, and for how long.
#[derive(Clone, Debug)]
pub(crate) struct Recurrence {
    /// As it was given.
    pub(crate) json: Json,
    rule: Rule,
    interval: i32,
    start: Date,
    end: End,
}

#[derive(Clone, Debug)]
enum Rule {
    Daily,
    Weekly {
        days: Vec<Weekday>,
        first: Weekday,
    },
    /// A month without this day has its last one.
    OnDay {
        months: i32,
        month: Option<i8>,
        day: i8,
    },
    OnWeekday {
        months: i32,
        month: Option<i8>,
        week: i8,
        days: Vec<Weekday>,
    },
}

#[derive(Clone, Copy, Debug)]
enum End {
    Never,
    On(Date),
    After(usize),
}

impl Recurrence {
    pub(crate) fn parse(json: &Json) -> Result<Recurrence, Refusal> {
        let (pattern, range) = (&json["pattern"], &json["range"]);
        let interval = pattern["interval"].as_i64().and_then(|interval| i32::try_from(interval).ok());
        let interval = interval.filter(|interval| (1..=999).contains(interval));
        let interval = interval.ok_or_else(|| invalid("The interval of a pattern is from 1 to 999."))?;
        let start = date(&range["startDate"]).ok_or_else(|| invalid("The startDate of a range is required."))?;
        Ok(Recurrence { json: json.clone(), rule: rule(pattern, start)?, interval, start, end: end(range, start)? })
    }

    /// The dates of the series up to and with a date, in order.
    pub(crate) fn dates(&self, until: Date) -> Vec<Date> {
        let (mut found, mut period) = (Vec::new(), 0);
        let (until, most) = match self.end {
            End::Never => (until, usize::MAX),
            End::On(end) => (until.min(end), usize::MAX),
            End::After(most) => (until, most),
        };
        while let Some((base, dates)) = self.period(period) {
            if base > until {
                break;
            }
            found.extend(dates.into_iter().filter(|date| *date >= self.start));
            period += 1;
        }
        found.truncate(most);
        found.retain(|date| *date <= until);
        found
    }

    /// The first date that a period of the rule may have, and its dates in order.
    fn period(&self, period: i32) -> Option<(Date, Vec<Date>)> {
        let step = period.checked_mul(self.interval)?;
        match &self.rule {
            Rule::Daily => {
                let date = self.start.checked_add(step.days()).ok()?;
                Some((date, vec![date]))
            }
            Rule::Weekly { days, first } => {
                let since = self.start.weekday().since(*first);
                let week = self.start.checked_sub(i32::from(since).days()).ok()?.checked_add(step.weeks()).ok()?;
                let day = |offset: i32| week.checked_add(offset.days()).ok();
                let dates = (0..7).filter_map(day).filter(|date| days.contains(&date.weekday()));
                Some((week, dates.collect()))
            }
            Rule::OnDay { months, month, day } => {
                let first = self.month(step, *months, *month)?;
                let day = (*day).min(first.days_in_month());
                Some((first, Date::new(first.year(), first.month(), day).into_iter().collect()))
            }
            Rule::OnWeekday { months, month, week, days } => {
                let first = self.month(step, *months, *month)?;
                let all = (0..i32::from(first.days_in_month())).filter_map(|day| first.checked_add(day.days()).ok());
                let all: Vec<Date> = all.filter(|date| days.contains(&date.weekday())).collect();
                let at = if *week < 0 { all.len().checked_sub(1) } else { usize::try_from(*week - 1).ok() };
                Some((first, at.and_then(|at| all.get(at)).copied().into_iter().collect()))
            }
        }
    }

    /// The first day of a month of the series.
    fn month(&self, step: i32, months: i32, month: Option<i8>) -> Option<Date> {
        let start = self.start.first_of_month();
        let start = month.map_or(Some(start), |month| Date::new(start.year(), month, 1).ok())?;
        start.checked_add(step.checked_mul(months)?.months()).ok()
    }
}

fn date(value: &Json) -> Option<Date> {
    value.as_str()?.parse().ok()
}

fn end(range: &Json, start: Date) -> Result<End, Refusal> {
    match range["type"].as_str() {
        Some("noEnd") => Ok(End::Never),
        Some("endDate") => {
            let end = date(&range["endDate"]).filter(|end| *end >= start);
            end.map(End::On).ok_or_else(|| invalid("The endDate of a range is required, and not before its startDate."))
        }
        Some("numbered") => {
            let most = range["numberOfOccurrences"].as_u64().and_then(|most| usize::try_from(most).ok());
            let most = most.filter(|most| (1..=999).contains(most));
            most.map(End::After).ok_or_else(|| invalid("The numberOfOccurrences of a range is from 1 to 999."))
        }
        _ => Err(unreadable("The type of a range is endDate, noEnd or numbered.")),
    }
}

fn rule(pattern: &Json, start: Date) -> Result<Rule, Refusal> {
    let small = |name: &str, most: i64| {
        let value = pattern[name].as_i64().filter(|value| (1..=most).contains(value));
        value.and_then(|value| i8::try_from(value).ok()).ok_or_else(|| invalid(format!("{name} is required.")))
    };
    match pattern["type"].as_str() {
        Some("daily") => Ok(Rule::Daily),
        Some("weekly") => {
            let first = pattern["firstDayOfWeek"].as_str().map_or(Ok(Weekday::Sunday), weekday)?;
            Ok(Rule::Weekly { days: weekdays(pattern)?, first })
        }
        Some("absoluteMonthly") => Ok(Rule::OnDay { months: 1, month: None, day: small("dayOfMonth", 31)? }),
        Some("absoluteYearly") => {
            Ok(Rule::OnDay { months: 12, month: Some(small("month", 12)?), day: small("dayOfMonth", 31)? })
        }
        Some(kind @ ("relativeMonthly" | "relativeYearly")) => {
            let index = pattern["index"].as_str().unwrap_or("first");
            let week = WEEKS.iter().find(|(name, _)| *name == index).map(|(_, week)| *week);
            let week = week.ok_or_else(|| unreadable("The index is first, second, third, fourth or last."))?;
            let is_yearly = kind == "relativeYearly";
            let month = if is_yearly { Some(small("month", 12)?) } else { None };
            Ok(Rule::OnWeekday { months: if is_yearly { 12 } else { 1 }, month, week, days: weekdays(pattern)? })
        }
        _ => Err(unreadable(format!("The type of a pattern that begins on {start} is not known."))),
    }
}

fn weekday(name: &str) -> Result<Weekday, Refusal> {
    let found = DAYS.iter().find(|(day, _)| day.eq_ignore_ascii_case(name)).map(|(_, day)| *day);
    found.ok_or_else(|| unreadable(format!("'{name}' is no day of a week.")))
}

fn weekdays(pattern: &Json) -> Result<Vec<Weekday>, Refusal> {
    let names = pattern["daysOfWeek"].as_array().map(Vec::as_slice).unwrap_or_default();
    if names.is_empty() {
        return Err(invalid("daysOfWeek is required."));
    }
    names.iter().map(|name| weekday(name.as_str().unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(pattern: Json, range: Json, until: &str, expected: &[&str]) {
        let series = Recurrence::parse(&json!({"pattern": pattern, "range": range})).expect("a recurrence");
        let dates: Vec<String> = series.dates(until.parse().expect("a date")).iter().map(Date::to_string).collect();
        assert_eq!(dates, expected, "{}", series.json);
    }

    #[test]
    fn dates_follow_the_pattern() {
        let never = |start: &str| json!({"type": "noEnd", "startDate": start});
        check(
            json!({"type": "daily", "interval": 2}),
            json!({"type": "endDate", "startDate": "2026-01-05", "endDate": "2026-01-10"}),
            "2026-02-01",
            &["2026-01-05", "2026-01-07", "2026-01-09"],
        );
        check(
            json!({"type": "weekly", "interval": 1, "daysOfWeek": ["monday", "wednesday"]}),
            json!({"type": "numbered", "startDate": "2026-01-06", "numberOfOccurrences": 3}),
            "2026-02-01",
            &["2026-01-07", "2026-01-12", "2026-01-14"],
        );
        let fortnight = json!({"type": "weekly", "interval": 2, "daysOfWeek": ["sunday"], "firstDayOfWeek": "monday"});
        check(fortnight, never("2026-01-04"), "2026-01-31", &["2026-01-04", "2026-01-18"]);
        let last_day = json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 31});
        check(last_day, never("2026-01-31"), "2026-03-31", &["2026-01-31", "2026-02-28", "2026-03-31"]);
        let tuesday = json!({"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "last"});
        check(tuesday, never("2026-01-27"), "2026-03-01", &["2026-01-27", "2026-02-24"]);
        let birthday = json!({"type": "absoluteYearly", "interval": 1, "month": 3, "dayOfMonth": 1});
        check(birthday, never("2026-03-01"), "2027-12-31", &["2026-03-01", "2027-03-01"]);
        let thanksgiving = json!({"type": "relativeYearly", "interval": 1, "month": 11, "daysOfWeek": ["thursday"], "index": "fourth"});
        check(thanksgiving, never("2025-11-27"), "2026-12-31", &["2025-11-27", "2026-11-26"]);
    }

    #[test]
    fn incomplete_patterns_are_refused() {
        let range = json!({"type": "noEnd", "startDate": "2026-01-05"});
        for pattern in [
            json!({"type": "daily"}),
            json!({"type": "daily", "interval": 0}),
            json!({"type": "weekly", "interval": 1}),
            json!({"type": "weekly", "interval": 1, "daysOfWeek": ["someday"]}),
            json!({"type": "absoluteMonthly", "interval": 1}),
            json!({"type": "hourly", "interval": 1}),
        ] {
            assert!(Recurrence::parse(&json!({"pattern": pattern, "range": range})).is_err(), "{pattern}");
        }
    }
}
