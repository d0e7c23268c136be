//! The figures of today, each beside its usual value at this time of day.

use super::load::Loader;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use knock_model::Millis;
use knock_ports::{StoreError, View};
use knock_report::{Ask, Builder, CalendarKind, Calendars, Period, Report, Unit};
use knock_wire::HomeFigure;

/// The report whose definitions hold, and its figures that are shown.
const REPORT: &str = "overview";
const METRICS: [&str; 6] =
    ["visitors", "leads", "chats", "first_reply_median", "within_two_minutes", "meetings_booked"];
/// The number of weeks whose same weekday is the usual.
const WEEKS: i64 = 4;

/// Returns the figures of a day in a zone up to now, as the report on that day has them, and what is usual: that of the
/// same weekday of the last four weeks up to the same time of day. Days before the first visit or lead have no data.
///
/// # Errors
/// When the database fails.
pub fn todays_figures(view: &dyn View, zone: &TimeZone, now: Millis) -> Result<Vec<HomeFigure>, StoreError> {
    let Some((of, days)) = knock_report::report(REPORT).zip(Days::of(zone, now)) else { return Ok(Vec::new()) };
    let calendars = Calendars::default();
    let mut builders: Vec<Builder<'_>> =
        days.parts.iter().map(|part| Builder::new(of, &part.ask, &calendars, part.until)).collect();
    let mut begin = now;
    // Both are read once for all days.
    let mut loader = Loader::new(view, now);
    loader.each_person(&days.all, &mut |person| {
        begin = begin.min(person.first_seen_at);
        builders.iter_mut().for_each(|builder| builder.person(person));
    })?;
    loader.each_visits(&days.all, &mut |visits| {
        begin = begin.min(visits.at);
        builders.iter_mut().for_each(|builder| builder.visits(visits));
    })?;
    let Some((today, before)) = builders.split_first() else { return Ok(Vec::new()) };
    let untils = days.parts.iter().skip(1).map(|part| part.until);
    let before = before.iter().zip(untils).filter(|(_, until)| begin < *until).map(|(builder, _)| builder);
    Ok(figures(of, today, &before.collect::<Vec<_>>()))
}

/// The days that are compared.
struct Days {
    /// Today, then the same weekday of each week before.
    parts: Vec<Part>,
    /// A question whose period, with that before it, holds all of them.
    all: Ask,
}

/// A day up to a time of day.
struct Part {
    ask: Ask,
    until: Millis,
}

impl Days {
    /// None at instants that no calendar has.
    fn of(zone: &TimeZone, now: Millis) -> Option<Days> {
        let local = zone.to_datetime(Timestamp::from_millisecond(now.0).ok()?);
        let name = zone.iana_name().unwrap_or("UTC");
        let day = |weeks: i64| local.date().checked_sub((7 * weeks).days()).ok();
        let part = |weeks: i64| {
            let date = day(weeks)?;
            let then = date.to_datetime(local.time()).to_zoned(zone.clone()).ok()?;
            let until = if weeks == 0 { now } else { Millis(then.timestamp().as_millisecond()) };
            let text = date.to_string();
            Some(Part { ask: ask(Period::parse(&text, &text, name, now).ok()?), until })
        };
        let parts = (0..=WEEKS).map(part).collect::<Option<Vec<_>>>()?;
        // The period before is as long: together they begin a day before the first of these days.
        let from = day(WEEKS / 2)?.to_string();
        let all = ask(Period::parse(&from, &local.date().to_string(), name, now).ok()?);
        Some(Days { parts, all })
    }
}

fn ask(period: Period) -> Ask {
    Ask { period, group: None, anchor: None, calendar: CalendarKind::Elapsed, filters: Vec::new() }
}

fn figures(of: &Report, today: &Builder<'_>, before: &[&Builder<'_>]) -> Vec<HomeFigure> {
    let values = Builder::together(&[today]);
    let together = Builder::together(before);
    let each: Vec<Vec<Option<f64>>> = before.iter().map(|builder| Builder::together(&[*builder])).collect();
    let at = |values: &[Option<f64>], place: usize| values.get(place).copied().flatten();
    let shown = of.metrics.iter().enumerate().filter(|(_, metric)| METRICS.contains(&metric.name));
    let figure = |(place, metric): (usize, &&knock_report::Metric)| HomeFigure {
        metric: metric.name.to_owned(),
        label: metric.label.to_owned(),
        unit: metric.unit.as_str().to_owned(),
        today: at(&values, place),
        usual: match metric.unit {
            Unit::Count => median(each.iter().filter_map(|values| at(values, place)).collect()),
            Unit::Percent | Unit::Minutes => at(&together, place),
        },
        better: metric.better.as_str().to_owned(),
    };
    shown.map(figure).collect()
}

/// The value in the middle; between two, their mean. None without values.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = values.get(values.len() / 2)?;
    let lower = values.get(values.len().saturating_sub(1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_number_is_between_the_middle_two() {
        for (values, expected) in [
            (vec![], None),
            (vec![3.0], Some(3.0)),
            (vec![4.0, 1.0], Some(2.5)),
            (vec![9.0, 1.0, 2.0], Some(2.0)),
            (vec![4.0, 1.0, 3.0, 2.0], Some(2.5)),
        ] {
            assert_eq!(median(values.clone()), expected, "{values:?}");
        }
    }

    #[test]
    fn days_before_go_up_to_the_same_time_of_the_clock() {
        // Monday, 2026-11-09, 12:30 in New York; its clocks went back on the 1st.
        let now = Millis(1_794_245_400_000);
        let zone = TimeZone::get("America/New_York").expect("a zone");
        let days = Days::of(&zone, now).expect("there are such days");
        let hours: Vec<i64> = days.parts.iter().map(|part| (now - part.until).0 / 3_600_000).collect();
        assert_eq!(hours, [0, 168, 337, 505, 673]);
        let dates: Vec<String> = days.parts.iter().map(|part| part.ask.period.from().to_string()).collect();
        assert_eq!(dates, ["2026-11-09", "2026-11-02", "2026-10-26", "2026-10-19", "2026-10-12"]);
        let first = days.parts.iter().map(|part| part.ask.period.start()).min().expect("there is one");
        assert!(days.all.period.before().start() <= first && days.all.period.to() == days.parts[0].ask.period.to());
    }
}
