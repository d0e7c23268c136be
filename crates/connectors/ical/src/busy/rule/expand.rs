//! The local times at which a rule repeats.

use super::super::budget::{Budget, Exhausted};
use super::{Frequency, Rule};
use jiff::civil::{Date, DateTime, Time};
use jiff::{ToSpan, Unit};

/// The maximum of times of a day that a rule names: as many as a day has minutes.
const MOST_TIMES: usize = 1_440;

/// The bounds of what is asked for; the last local time of each counts.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Ends {
    pub(in super::super) from: DateTime,
    pub(in super::super) to: DateTime,
    /// The number of instances from the first one on; none for no limit.
    pub(in super::super) count: Option<u32>,
}

/// The local times of a rule, from the first instance on; of whole days, midnights.
pub(in super::super) fn starts(
    rule: &Rule,
    first: DateTime,
    is_day: bool,
    ends: Ends,
    budget: &mut Budget,
) -> Result<Vec<DateTime>, Exhausted> {
    let rule = &rule.with_defaults(first.date());
    let (ends, mut left) = (counted(rule, first, ends), u64::MAX);
    if let Some(count) = ends.count {
        left = u64::from(count);
    }
    let mut found = Vec::new();
    let times = Times::of(rule, first, is_day)?;
    let mut period = Period::first(rule, first.date(), if ends.count.is_some() { first } else { ends.from });
    while left > 0 && period.begins.to_datetime(Time::midnight()) <= ends.to {
        for at in positioned(rule, candidates(rule, &period, &times, budget)?) {
            if at < first || left == 0 {
                continue;
            }
            left -= 1;
            if (ends.from..=ends.to).contains(&at) {
                found.push(at);
            }
            if found.len() > budget.instances() {
                return Err(Exhausted);
            }
        }
        match period.next(rule) {
            Some(next) => period = next,
            None => break,
        }
    }
    Ok(found)
}

/// A count of plain weeks or less as their end, so that they are not counted one by one.
fn counted(rule: &Rule, first: DateTime, ends: Ends) -> Ends {
    let plain = Rule { interval: rule.interval, week_start: rule.week_start, ..Rule::every(rule.frequency) };
    let is_plain = *rule == plain.with_defaults(first.date());
    let seconds = match rule.frequency {
        Frequency::Secondly => 1,
        Frequency::Minutely => 60,
        Frequency::Hourly => 3_600,
        Frequency::Daily => 86_400,
        Frequency::Weekly => 7 * 86_400,
        Frequency::Monthly | Frequency::Yearly => return ends,
    };
    let Some(count) = ends.count.filter(|_| is_plain) else { return ends };
    let seconds = seconds * rule.interval * i64::from(count - 1);
    let last = first.checked_add(jiff::SignedDuration::from_secs(seconds)).ok();
    Ends { count: None, to: last.map_or(ends.to, |last| ends.to.min(last)), ..ends }
}

/// The times of a period, in their order.
fn candidates(rule: &Rule, period: &Period, times: &Times, budget: &mut Budget) -> Result<Vec<DateTime>, Exhausted> {
    let (mut found, mut date) = (Vec::new(), period.begins);
    while date < period.ends {
        budget.take_steps(1)?;
        if !rule.takes_month(date) {
            let Ok(next) = date.last_of_month().checked_add(1.day()) else { break };
            // Weeks go over the ends of months.
            date = next;
            continue;
        }
        if rule.takes(date) {
            times.on(date, rule, &mut found, budget)?;
        }
        let Ok(next) = date.checked_add(1.day()) else { break };
        date = next;
    }
    Ok(found)
}

/// Those at the positions that the rule names.
fn positioned(rule: &Rule, all: Vec<DateTime>) -> Vec<DateTime> {
    // Of a single day or less, positions say nothing that is followed: more is taken.
    if rule.positions.is_empty() || rule.frequency < Frequency::Daily {
        return all;
    }
    let number = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let is_named = |place: i64| rule.positions.contains(&(place + 1)) || rule.positions.contains(&(place - number));
    (0..number).zip(all).filter(|(place, _)| is_named(*place)).map(|(_, at)| at).collect()
}

/// The times of day of a rule.
enum Times {
    /// The same on each day.
    Same(Vec<Time>),
    /// Whole intervals of so many seconds from the first one on, without times that the rule leaves out.
    Every { unit: i64, first: DateTime, is_day: bool },
}

impl Times {
    fn of(rule: &Rule, first: DateTime, is_day: bool) -> Result<Times, Exhausted> {
        let unit = match rule.frequency {
            Frequency::Hourly => 3_600,
            Frequency::Minutely => 60,
            Frequency::Secondly => 1,
            Frequency::Daily | Frequency::Weekly | Frequency::Monthly | Frequency::Yearly => {
                return if is_day {
                    Ok(Times::Same(vec![Time::midnight()]))
                } else {
                    product(rule, first).map(Times::Same)
                };
            }
        };
        Ok(Times::Every { unit, first, is_day })
    }

    fn on(&self, date: Date, rule: &Rule, found: &mut Vec<DateTime>, budget: &mut Budget) -> Result<(), Exhausted> {
        let (unit, first, is_day) = match self {
            Times::Same(times) => {
                found.extend(times.iter().map(|time| date.to_datetime(*time)));
                return Ok(());
            }
            Times::Every { unit, first, is_day } => (*unit, *first, *is_day),
        };
        let days = i64::from(date.since((Unit::Day, first.date())).map_or(0, |span| span.get_days()));
        let time = first.time();
        let since = i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        for step in 0..86_400 / unit {
            let second = step * unit;
            budget.take_steps(1)?;
            if (days * 86_400 / unit + step - since / unit) % rule.interval != 0 || !takes_time(rule, unit, second) {
                continue;
            }
            if is_day {
                found.push(date.to_datetime(Time::midnight()));
                return Ok(());
            }
            found.extend(within(rule, unit, second, since).filter_map(|at| Some(date.to_datetime(clock(at)?))));
        }
        Ok(())
    }
}

/// Whether the units down to that of the rule are permitted.
fn takes_time(rule: &Rule, unit: i64, second: i64) -> bool {
    let permits = |list: &[i64], value: i64| list.is_empty() || list.contains(&value);
    permits(&rule.hours, second / 3_600)
        && (unit > 60 || permits(&rule.minutes, second / 60 % 60))
        && (unit > 1 || permits(&rule.seconds, second % 60))
}

/// The seconds of the day within one unit: by the rule, else as the first instance has them.
fn within(rule: &Rule, unit: i64, second: i64, first: i64) -> impl Iterator<Item = i64> {
    let or = |list: &[i64], own: i64| if list.is_empty() { vec![own] } else { sorted(list) };
    let minutes = if unit > 60 { or(&rule.minutes, first / 60 % 60) } else { vec![0] };
    let seconds = if unit > 1 { or(&rule.seconds, first % 60) } else { vec![0] };
    let all = minutes.into_iter().flat_map(move |minute| {
        let seconds = seconds.clone();
        seconds.into_iter().map(move |within| second + minute * 60 + within)
    });
    all.take(MOST_TIMES)
}

/// The times of day that hours, minutes and seconds of a rule make together.
fn product(rule: &Rule, first: DateTime) -> Result<Vec<Time>, Exhausted> {
    let time = first.time();
    let lists = [(&rule.hours, time.hour()), (&rule.minutes, time.minute()), (&rule.seconds, time.second())];
    let [hours, minutes, seconds] =
        lists.map(|(list, own)| if list.is_empty() { vec![i64::from(own)] } else { sorted(list) });
    if hours.len() * minutes.len() * seconds.len() > MOST_TIMES {
        return Err(Exhausted);
    }
    let mut times = Vec::new();
    for hour in hours {
        for minute in &minutes {
            times.extend(seconds.iter().filter_map(|second| clock(hour * 3_600 + minute * 60 + second)));
        }
    }
    Ok(times)
}

fn sorted(list: &[i64]) -> Vec<i64> {
    let mut list = list.to_vec();
    list.sort_unstable();
    list.dedup();
    list
}

fn clock(second: i64) -> Option<Time> {
    let part = |value: i64| i8::try_from(value).ok();
    Time::new(part(second / 3_600)?, part(second / 60 % 60)?, part(second % 60)?, 0).ok()
}

/// A period of a rule, of which a rule takes some instances.
struct Period {
    begins: Date,
    /// The day after it.
    ends: Date,
}

impl Period {
    /// The last period of the rule that is not after a time.
    fn first(rule: &Rule, first: Date, from: DateTime) -> Period {
        let begins = Period::around(rule, first).begins;
        let from = from.date().max(first);
        let since = |unit: Unit| begins.until((unit, from)).unwrap_or_default();
        let number = match rule.frequency {
            Frequency::Yearly => i64::from(since(Unit::Year).get_years()),
            Frequency::Monthly => i64::from(since(Unit::Month).get_months()),
            Frequency::Weekly => i64::from(since(Unit::Day).get_days()) / 7,
            _ => i64::from(since(Unit::Day).get_days()),
        };
        // Of hours and less each day is a period, whatever the interval.
        let interval = if rule.frequency < Frequency::Daily { 1 } else { rule.interval };
        let later = step(rule.frequency, number / interval * interval).and_then(|span| begins.checked_add(span).ok());
        Period::around(rule, later.unwrap_or(begins))
    }

    fn around(rule: &Rule, date: Date) -> Period {
        let begins = match rule.frequency {
            Frequency::Yearly => date.first_of_year(),
            Frequency::Monthly => date.first_of_month(),
            Frequency::Weekly => date.saturating_sub(jiff::Span::new().days(date.weekday().since(rule.week_start))),
            Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => date,
        };
        let ends = step(rule.frequency, 1).map_or(begins, |span| begins.saturating_add(span));
        Period { begins, ends }
    }

    /// The next one in which the rule takes something; none beyond the calendar.
    fn next(&self, rule: &Rule) -> Option<Period> {
        let interval = if rule.frequency < Frequency::Daily { 1 } else { rule.interval };
        let begins = self.begins.checked_add(step(rule.frequency, interval)?).ok()?;
        Some(Period::around(rule, begins))
    }
}

fn step(frequency: Frequency, number: i64) -> Option<jiff::Span> {
    let span = jiff::Span::new();
    match frequency {
        Frequency::Yearly => span.try_years(number),
        Frequency::Monthly => span.try_months(number),
        Frequency::Weekly => span.try_weeks(number),
        Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => span.try_days(number),
    }
    .ok()
}
