//! Zones as calendars describe them (RFC 5545, 3.6.5): by rules and lists of the instants at which the offset changes.

use super::super::budget::Budget;
use super::super::component::{Component, Property};
use super::super::moment::{Clock, When, civil, moment, offset};
use super::super::rule::{Ends, starts, written};
use super::{names, tzif};
use jiff::civil::{DateTime, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use knock_scheduling::Span;

/// The maximum of observances: more is no description of a clock.
const MOST: usize = 200;

/// What a description says.
#[derive(Clone, Debug)]
pub(super) enum Description {
    Zone(TimeZone),
    /// Only its offsets can be read: the westernmost and the easternmost.
    Between(Offset, Offset),
    Unreadable,
}

/// A change to another offset, once or more often.
struct Observance<'c> {
    first: DateTime,
    from: Offset,
    to: Offset,
    component: &'c Component,
}

/// Reads a description, for times near a window.
pub(super) fn described(zone: &Component, window: Span, budget: &mut Budget) -> Description {
    // Programs say so whose names are their own.
    if let Some(place) = zone.text("X-LIC-LOCATION").and_then(names::place) {
        return Description::Zone(place);
    }
    let parts = zone.parts.iter().filter(|part| matches!(&*part.name, "STANDARD" | "DAYLIGHT")).take(MOST);
    let read: Vec<Option<Observance<'_>>> = parts.map(observance).collect();
    let changes: Option<Vec<_>> = read.iter().map(|one| changes(one.as_ref()?, window, budget)).collect();
    let first = read.iter().flatten().min_by_key(|one| one.first);
    if let (Some(changes), Some(first), true) = (changes, first, zone.is_whole) {
        let mut changes: Vec<(Timestamp, Offset)> = changes.into_iter().flatten().collect();
        changes.sort_by_key(|(at, _)| *at);
        changes.dedup_by_key(|(at, _)| *at);
        if let Some(zone) = tzif::zone(first.from, &changes) {
            return Description::Zone(zone);
        }
    }
    let offsets = || zone.parts.iter().filter_map(|part| offset(part.text("TZOFFSETTO")?));
    match (offsets().min(), offsets().max()) {
        (Some(west), Some(east)) => Description::Between(west, east),
        _ => Description::Unreadable,
    }
}

fn observance(component: &Component) -> Option<Observance<'_>> {
    let to = offset(component.text("TZOFFSETTO")?)?;
    let from = component.text("TZOFFSETFROM").map_or(Some(to), offset)?;
    let first = component.text("DTSTART").map_or(Some(date(1970, 1, 1).at(0, 0, 0, 0)), local)?;
    Some(Observance { first, from, to, component })
}

fn local(text: &str) -> Option<DateTime> {
    moment(text, false, || Clock::Own).ok().map(|when| when.local())
}

/// The changes near a window, and the last one before it.
fn changes(one: &Observance<'_>, window: Span, budget: &mut Budget) -> Option<Vec<(Timestamp, Offset)>> {
    let zone = TimeZone::fixed(one.from);
    let [from, to] = [window.start, window.end].map(|at| civil(at, &zone));
    let (from, to) = (from.saturating_sub(3.years()), to.saturating_add(3.years()));
    let mut all = vec![one.first];
    for rule in one.component.all("RRULE") {
        let rule = written(&rule.value);
        if rule.is_unknown {
            return None;
        }
        let until = rule.until.as_ref().map(|until| match until {
            When::At(_, Clock::Zone(_)) => until.range(&zone).map_or(to, |(at, _)| civil(at, &zone)),
            When::Day(day) => day.at(23, 59, 59, 0),
            When::At(local, _) => *local,
        });
        let to = until.map_or(to, |until| until.min(to));
        // The changes of a rule that has ended hold on until another one.
        let from = from.min(to.saturating_sub(3.years()));
        let ends = Ends { from, to, count: rule.count };
        all.extend(starts(&rule.rule, one.first, false, ends, budget).ok()?);
    }
    for list in one.component.all("RDATE") {
        all.extend(listed(list, &zone)?);
    }
    let change = |at: DateTime| Some((zone.to_timestamp(at).ok()?, one.to));
    all.into_iter().map(change).collect()
}

/// The local times of a list.
fn listed(list: &Property, zone: &TimeZone) -> Option<Vec<DateTime>> {
    let texts = list.value.split(',').filter(|text| !text.trim().is_empty());
    let read = texts.map(|text| {
        let when = moment(text.split('/').next().unwrap_or_default(), false, || Clock::Own).ok()?;
        when.range(zone).map(|(at, _)| civil(at, zone))
    });
    read.collect()
}
