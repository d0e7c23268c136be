//! Repeated events. The library repeats local times as if they were UTC; jiff says which instants they are.

use super::budget::Budget;
use super::time::{When, civil};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use knock_scheduling::Span;
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated, Validated};
use std::collections::BTreeSet;

/// The maximum of times of a day that a rule names: as many as a day has minutes.
const MOST_TIMES: usize = 1_440;
const DAY: i64 = 24 * 60 * 60;

pub(super) struct Repetition {
    /// The rule as it was written.
    pub(super) rule: Option<String>,
    /// Instances beside the rule.
    pub(super) extra: Vec<When>,
    /// Instances that fall away.
    pub(super) without: Vec<When>,
}

/// The starts of an event, of which those that lie outside the window may be missing.
pub(super) fn occurrences(
    start: &When,
    repeats: &Repetition,
    window: Span,
    own: &TimeZone,
    budget: &mut Budget,
) -> Result<Vec<When>, String> {
    let mut starts = match &repeats.rule {
        None => vec![start.clone()],
        Some(rule) => by_rule(start, rule, window, own, budget)?,
    };
    starts.extend(repeats.extra.iter().cloned());
    budget.take_instances(starts.len())?;
    // A date takes the instance of that day away, whenever it is.
    let days: BTreeSet<_> = repeats.without.iter().filter_map(When::day).collect();
    let instants: BTreeSet<_> = repeats
        .without
        .iter()
        .filter(|without| without.day().is_none())
        .map(|without| without.instant_in(own))
        .collect();
    starts.retain(|start| !days.contains(&start.local().date()) && !instants.contains(&start.instant_in(own)));
    Ok(starts)
}

fn by_rule(start: &When, rule: &str, window: Span, own: &TimeZone, budget: &mut Budget) -> Result<Vec<When>, String> {
    let first = foreign(start.local())?;
    let text = local_until(rule, start)?;
    let wrong = |error: rrule::RRuleError| format!("the rule `{text}` cannot be used: {error}");
    let rule: RRule<Unvalidated> = text.parse().map_err(wrong)?;
    if times_of_a_day(&rule) > MOST_TIMES {
        return Err(format!("its rule repeats more than {MOST_TIMES} times a day"));
    }
    let rule = rule.validate(first).map_err(wrong)?;
    let zone = match start {
        When::Day(_) => own,
        When::At(_, zone) => zone,
    };
    // A day more at each end: what falls on the edge is judged by its instant.
    let from = foreign(civil(window.start, zone).saturating_sub(jiff::Span::new().days(1)))?;
    let to = foreign(civil(window.end, zone).saturating_add(jiff::Span::new().days(1)))?;
    let to = rule.get_until().map_or(to, |until| to.min(*until));
    let endless: RRule<Unvalidated> = without_until(&text).parse().map_err(wrong)?;
    let rule = endless.validate(first).map_err(wrong)?;
    let found = between(&rule, later_start(first, &rule, from), (from, to), budget)?;
    found.into_iter().map(|date| ours(&date).map(|local| start.at(local))).collect()
}

/// The number of times that a rule of whole days names for each of them.
fn times_of_a_day(rule: &RRule<Unvalidated>) -> usize {
    match rule.get_freq() {
        Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily => {
            [rule.get_by_hour(), rule.get_by_minute(), rule.get_by_second()]
                .map(|list| list.len().max(1))
                .iter()
                .product()
        }
        Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => 1,
    }
}

/// The start from which a rule gives the same dates from an instant on: whole intervals later, shortly before it.
fn later_start(
    first: chrono::DateTime<Tz>,
    rule: &RRule<Validated>,
    from: chrono::DateTime<Tz>,
) -> chrono::DateTime<Tz> {
    let unit = match rule.get_freq() {
        // They have few periods, of unequal length.
        Frequency::Yearly | Frequency::Monthly => return first,
        Frequency::Weekly => 7 * DAY,
        Frequency::Daily => DAY,
        Frequency::Hourly => 60 * 60,
        Frequency::Minutely => 60,
        Frequency::Secondly => 1,
    };
    let interval = unit * i64::from(rule.get_interval()).max(1);
    // The week in which it begins may be a partial one: one interval is kept before the instant.
    let intervals = ((from - first).num_seconds() / interval).saturating_sub(1);
    if intervals <= 0 || rule.get_count().is_some() {
        return first;
    }
    chrono::TimeDelta::try_seconds(intervals * interval)
        .and_then(|later| first.checked_add_signed(later))
        .unwrap_or(first)
}

/// The dates of a rule without an end, from one instant to another.
fn between(
    rule: &RRule<Validated>,
    first: chrono::DateTime<Tz>,
    (from, to): (chrono::DateTime<Tz>, chrono::DateTime<Tz>),
    budget: &mut Budget,
) -> Result<Vec<chrono::DateTime<Tz>>, String> {
    let (mut found, mut number) = (Vec::new(), 0);
    for date in &RRuleSet::new(first).rrule(rule.clone()).limit() {
        budget.take_steps(1)?;
        number += 1;
        if date > to {
            return Ok(found);
        }
        if date >= from {
            found.push(date);
        }
        if found.len() > budget.instances() {
            budget.take_instances(found.len())?;
        }
    }
    // Without a further date the library has given up looking for one, and does not say so.
    if rule.get_count() == Some(number) {
        return Ok(found);
    }
    Err("its rule repeats in a way that takes too long to follow".to_owned())
}

/// The rule without its end. It is applied here, so that a rule that ends differs from one that the library gave up.
fn without_until(rule: &str) -> String {
    let is_until = |part: &&str| part.split_once('=').is_some_and(|(name, _)| name.eq_ignore_ascii_case("UNTIL"));
    rule.split(';').filter(|part| !is_until(part)).collect::<Vec<_>>().join(";")
}

/// The rule with its end as the clock of the event shows it: the library sees local times alone.
fn local_until(rule: &str, start: &When) -> Result<String, String> {
    let part = |part: &str| {
        let Some((name, until)) = part.split_once('=').filter(|(name, _)| name.eq_ignore_ascii_case("UNTIL")) else {
            return Ok(part.to_owned());
        };
        let wrong = || format!("`{until}` is no end of a rule");
        let local = match until.strip_suffix(['Z', 'z']) {
            Some(utc) => {
                let utc = DateTime::strptime("%Y%m%dT%H%M%S", utc).map_err(|_| wrong())?;
                match start {
                    When::Day(_) => utc,
                    When::At(_, zone) => {
                        let at = TimeZone::UTC.to_timestamp(utc).map_err(|_| wrong())?;
                        zone.to_datetime(at)
                    }
                }
            }
            None if until.len() == 8 => {
                let day = jiff::civil::Date::strptime("%Y%m%d", until).map_err(|_| wrong())?;
                day.at(23, 59, 59, 0)
            }
            None => DateTime::strptime("%Y%m%dT%H%M%S", until).map_err(|_| wrong())?,
        };
        Ok(format!("{name}={}", local.strftime("%Y%m%dT%H%M%SZ")))
    };
    let parts = rule.split(';').filter(|text| !text.is_empty()).map(part).collect::<Result<Vec<_>, String>>()?;
    Ok(parts.join(";"))
}

/// A local time as the library has it.
fn foreign(local: DateTime) -> Result<chrono::DateTime<Tz>, String> {
    let at = TimeZone::UTC.to_timestamp(local).map_err(|error| error.to_string())?;
    let at = chrono::DateTime::from_timestamp_millis(at.as_millisecond()).ok_or("a time of it is out of range")?;
    Ok(at.with_timezone(&Tz::UTC))
}

/// A local time of the library.
fn ours(at: &chrono::DateTime<Tz>) -> Result<DateTime, String> {
    let at = jiff::Timestamp::from_millisecond(at.timestamp_millis()).map_err(|error| error.to_string())?;
    Ok(TimeZone::UTC.to_datetime(at))
}
