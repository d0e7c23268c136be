//! The instances of an event near a window.

use super::Question;
use super::budget::{Budget, Exhausted};
use super::event::Entry;
use super::extent::End;
use super::instances::Instances;
use super::moment::{Clock, When};
use super::rule::{Ends, Frequency, Rule, Written, starts, written};
use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::Span;

/// The instances of an event.
#[derive(Default)]
pub(super) struct Series {
    /// The starts, some with ends of their own.
    pub(super) starts: Vec<(When, Option<End>)>,
    /// The times of which only part is known to be busy, and all is blocked.
    pub(super) covered: Vec<Span>,
    pub(super) doubts: Vec<String>,
}

/// The instances of an event that may touch the window; `reach` is the time before it in which they may begin.
pub(super) fn series(entry: &Entry, reach: Millis, question: &Question<'_>, budget: &mut Budget) -> Series {
    let own = question.zone;
    let window = Span { start: question.window.start - reach, end: question.window.end };
    let mut found = Series { starts: vec![(entry.start.clone(), None)], ..Series::default() };
    found.starts.extend(entry.extra.iter().cloned());
    for rule in &entry.rules {
        let rule = written(rule);
        found.doubts.extend(rule.doubts.iter().cloned());
        let times = match by_rule(&entry.start, &rule, window, own, budget) {
            Ok(times) => times,
            Err(Exhausted) => {
                found.doubts.push("it repeats too often to be followed".to_owned());
                if rule.rule.is_at_one_time() {
                    daily(&entry.start, &rule, window, own)
                } else {
                    found.covered.extend(covered(&entry.start, &rule, window, own));
                    Vec::new()
                }
            }
        };
        found.starts.extend(times.into_iter().map(|at| (entry.start.at(at), None)));
    }
    let mut without = excluded(entry, window, own, budget);
    entry.without.iter().for_each(|named| without.add(named, &entry.start, own));
    found.starts.retain(|(start, _)| !without.contains(start, own));
    found.starts.sort_by_key(|(start, end)| (start.local(), end.is_some()));
    found.starts.dedup_by(|one, other| one.0 == other.0 && one.1.is_none() && other.1.is_none());
    found
}

/// The local times of a rule; one with a number and an end, which both count, ends with the later one.
fn by_rule(
    start: &When,
    rule: &Written,
    window: Span,
    own: &TimeZone,
    budget: &mut Budget,
) -> Result<Vec<DateTime>, Exhausted> {
    let (from, to) = bounds(start, window, own);
    let is_day = matches!(start, When::Day(_));
    let mut times = |to: DateTime, count: Option<u32>| {
        if to < from {
            return Ok(Vec::new());
        }
        let (ends, mut all) = (Ends { from, to, count }, Vec::new());
        for reading in rule.rule.readings() {
            all.extend(starts(&reading, start.local(), is_day, ends, budget)?);
        }
        Ok(all)
    };
    let until = rule.until.as_ref().map(|until| last(until, start, own).min(to));
    let mut all = times(until.unwrap_or(to), rule.count.filter(|_| until.is_none()))?;
    if let (Some(_), Some(count)) = (until, rule.count) {
        all.extend(times(to, Some(count))?);
    }
    Ok(all)
}

/// The window by the clock of the event, a day more at each end: what falls on the edge is judged by its instant.
fn bounds(start: &When, window: Span, own: &TimeZone) -> (DateTime, DateTime) {
    let from = start.clock_at(window.start, own).saturating_sub(1.day());
    let to = start.clock_at(window.end, own).saturating_add(1.day());
    (from, to)
}

/// The last local time at which an instance may begin, by any reading of the end.
fn last(until: &When, start: &When, own: &TimeZone) -> DateTime {
    let shown = until.range(own).map_or(until.local(), |(_, at)| start.clock_at(at, own));
    match (start, until) {
        (_, When::Day(day)) => day.at(23, 59, 59, 0),
        (When::Day(_), When::At(local, _)) => shown.max(*local),
        (When::At(..), When::At(_, Clock::Zone(_))) => shown,
        // Without a zone it is the event's clock, or universal time.
        (When::At(..), When::At(local, _)) => {
            let utc = When::At(*local, Clock::Zone(TimeZone::UTC)).range(own);
            utc.map_or(*local, |(_, at)| start.clock_at(at, own)).max(*local)
        }
    }
}

/// Every day at the time of the first instance, within the bounds of a rule that cannot be followed.
fn daily(start: &When, rule: &Written, window: Span, own: &TimeZone) -> Vec<DateTime> {
    let until = rule.until.as_ref().map(|until| last(until, start, own));
    let (from, to) = bounds(start, window, own);
    let ends = Ends { from, to: until.map_or(to, |until| until.min(to)), count: None };
    let is_day = matches!(start, When::Day(_));
    let daily = Rule::every(Frequency::Daily);
    // A budget of its own: it is a window's days.
    starts(&daily, start.local(), is_day, ends, &mut Budget::default()).unwrap_or_default()
}

/// All of the time between the first instance and the end of a rule.
fn covered(start: &When, rule: &Written, window: Span, own: &TimeZone) -> Option<Span> {
    let (first, _) = start.range(own)?;
    let until = rule.until.as_ref().and_then(|until| start.at(last(until, start, own)).range(own));
    let end = until.map_or(window.end, |(_, at)| at.min(window.end));
    let start = first.max(window.start);
    (start < end).then_some(Span { start, end })
}

/// The instances that rules take away. A rule that cannot be read takes none.
fn excluded(entry: &Entry, window: Span, own: &TimeZone, budget: &mut Budget) -> Instances {
    let mut without = Instances::default();
    for rule in entry.except_rules.iter().map(|rule| written(rule)).filter(|rule| rule.doubts.is_empty()) {
        let times = by_rule(&entry.start, &rule, window, own, budget).unwrap_or_default();
        times.into_iter().for_each(|at| without.add(&entry.start.at(at), &entry.start, own));
    }
    without
}
