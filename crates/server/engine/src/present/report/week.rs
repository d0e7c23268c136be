//! The figures of a week, as they are mailed.

use super::table::report;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_ports::{Member, StoreError, View, WeekFigure, WeekMail};
use knock_report::{Ask, CalendarKind, Period};
use knock_wire::ReportColumn;

/// The report whose figures are mailed.
const NAME: &str = "overview";
/// The largest number of waiting chats that are counted.
const MOST: u32 = 1_000;
/// Minutes from which on a time is shown in hours.
const LONG: f64 = 120.0;

/// Returns the mail about the week that begins on a Monday, by the days of a zone.
pub(crate) fn week_mail(
    view: &dyn View,
    member: &Member,
    zone: &TimeZone,
    week: Date,
    now: Millis,
) -> Result<WeekMail, StoreError> {
    let broken = |what: &str| StoreError::Broken(what.to_owned());
    let overview = knock_report::report(NAME).ok_or_else(|| broken("there is no report of the week"))?;
    let (from, until) = (week.to_string(), week.saturating_add(6.days()).to_string());
    let zone = zone.iana_name().unwrap_or("UTC");
    let period = Period::parse(&from, &until, zone, now).map_err(|error| broken(&error.to_string()))?;
    let calendar = CalendarKind::Elapsed;
    let ask = Ask { period, group: None, anchor: None, calendar, filters: Vec::new() };
    let found = report(view, overview, &ask, now)?;
    let values = found.total.iter().zip(&found.previous);
    let figures = found.columns.iter().zip(values).map(|(column, (value, before))| WeekFigure {
        label: column.label.clone(),
        value: shown(*value, &column.unit),
        before: shown(*before, &column.unit),
        goal: goal(column, *value),
    });
    let waits = view.waits_of_team(MOST)?;
    // The longest wait is the first.
    let longest = waits.first().map_or(Millis(0), |wait| now - wait.since);
    Ok(WeekMail {
        to: member.email.clone(),
        figures: figures.collect(),
        from,
        until,
        zone: zone.to_owned(),
        waiting: u32::try_from(waits.len()).unwrap_or(MOST),
        longest_minutes: u32::try_from(longest.0.div_euclid(Millis::MINUTE.0)).unwrap_or_default(),
    })
}

/// A value with its unit.
fn shown(value: Option<f64>, unit: &str) -> String {
    match (value, unit) {
        (None, _) => "no data".to_owned(),
        (Some(value), "percent") => format!("{value} %"),
        (Some(value), "minutes") if value >= LONG => format!("{:.1} h", value / 60.0),
        (Some(value), "minutes") => format!("{value} min"),
        (Some(value), _) => value.to_string(),
    }
}

/// The goal of a column, and whether a value meets it where one of both is better.
fn goal(column: &ReportColumn, value: Option<f64>) -> String {
    let Some(goal) = column.goal else { return String::new() };
    let is_met = value.and_then(|value| match &*column.better {
        "higher" => Some(value >= goal),
        "lower" => Some(value <= goal),
        _ => None,
    });
    let words = match is_met {
        Some(true) => ", met",
        Some(false) => ", not met",
        None => "",
    };
    format!("{}{words}", shown(Some(goal), &column.unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_shown_with_its_unit() {
        for (value, unit, expected) in [
            (None, "minutes", "no data"),
            (Some(12.0), "count", "12"),
            (Some(33.33), "percent", "33.33 %"),
            (Some(2.5), "minutes", "2.5 min"),
            (Some(119.99), "minutes", "119.99 min"),
            (Some(150.0), "minutes", "2.5 h"),
        ] {
            assert_eq!(shown(value, unit), expected);
        }
    }

    #[test]
    fn a_goal_says_whether_it_is_met() {
        let said = |better: &str, value: Option<f64>| {
            let (unit, better) = ("percent".to_owned(), better.to_owned());
            goal(&ReportColumn { unit, better, goal: Some(90.0), ..ReportColumn::default() }, value)
        };
        assert_eq!(said("higher", Some(90.0)), "90 %, met");
        assert_eq!(said("higher", Some(89.99)), "90 %, not met");
        assert_eq!(said("lower", Some(89.99)), "90 %, met");
        assert_eq!(said("lower", Some(90.01)), "90 %, not met");
        assert_eq!([said("", Some(3.0)), said("higher", None)], ["90 %", "90 %"]);
        assert_eq!(goal(&ReportColumn::default(), Some(1.0)), "");
    }
}
