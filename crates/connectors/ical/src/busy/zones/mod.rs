//! The zones that a calendar names.

mod described;
mod names;
mod tzif;

use super::budget::Budget;
use super::component::Component;
use super::moment::Clock;
use described::{Description, described};
use jiff::tz::{Offset, TimeZone};
use knock_scheduling::Span;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The offsets of all clocks there are.
const WESTERNMOST: i8 = -12;
const EASTERNMOST: i8 = 14;

/// The zones of one calendar.
pub(super) struct Zones {
    /// By their names as they are compared.
    described: BTreeMap<String, Description>,
    /// The only description, if no event names it and one name is not known: that one is meant.
    only: Option<Description>,
    found: RefCell<BTreeMap<String, Clock>>,
}

impl Zones {
    /// Reads the descriptions of a calendar, for times near a window.
    pub(super) fn of(components: &[Component], window: Span, budget: &mut Budget) -> Zones {
        let zones = components.iter().filter(|component| component.name == "VTIMEZONE");
        let described: BTreeMap<String, Description> = zones
            .map(|zone| (compared(zone.text("TZID").unwrap_or_default()), described(zone, window, budget)))
            .collect();
        let events = components.iter().filter(|component| component.name == "VEVENT");
        let named = events.flat_map(|event| &event.properties).filter_map(|property| property.parameter("TZID"));
        let named: BTreeSet<String> = named.map(compared).collect();
        let is_unknown = |name: &&String| names::place(name).is_none() && names::zone(name).is_none();
        let is_only = described.len() == 1
            && named.iter().all(|name| !described.contains_key(name))
            && named.iter().filter(is_unknown).take(2).count() == 1;
        let only = described.values().next().filter(|_| is_only).cloned();
        Zones { described, only, found: RefCell::default() }
    }

    /// The clock of a zone. Without a name it is the owner's.
    pub(super) fn find(&self, name: &str) -> Clock {
        let known = compared(name);
        if known.is_empty() {
            return Clock::Own;
        }
        if let Some(clock) = self.found.borrow().get(&known) {
            return clock.clone();
        }
        let clock = self.looked_up(&known);
        self.found.borrow_mut().insert(known, clock.clone());
        clock
    }

    /// Places are known better than their descriptions; any other name means what its calendar describes.
    fn looked_up(&self, name: &str) -> Clock {
        if let Some(zone) = names::place(name) {
            return Clock::Zone(zone);
        }
        let described = self.described.get(name);
        if let Some(Description::Zone(zone)) = described {
            return Clock::Zone(zone.clone());
        }
        if let Some(zone) = names::zone(name) {
            return Clock::Zone(zone);
        }
        match described.or(self.only.as_ref()) {
            Some(Description::Zone(zone)) => Clock::Zone(zone.clone()),
            Some(Description::Between(west, east)) => Clock::Between(*west, *east),
            Some(Description::Unreadable) | None => {
                let (west, east) = names::bounds(name).unwrap_or((hours(WESTERNMOST), hours(EASTERNMOST)));
                if west == east { Clock::Zone(TimeZone::fixed(west)) } else { Clock::Between(west, east) }
            }
        }
    }
}

const fn hours(hours: i8) -> Offset {
    Offset::constant(hours)
}

/// A name as names are compared: without escapes, quotes and spaces around it, in lower case.
fn compared(name: &str) -> String {
    let plain = name.replace(['\\', '"'], "").to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
