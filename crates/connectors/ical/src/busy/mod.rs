//! The events of a calendar as busy time (SC-06).

mod budget;
mod event;
mod parts;
mod prose;
mod repeat;
mod time;
mod zones;

pub use budget::Budget;

use core::fmt;
use event::Entry;
use icalendar::parser::unfold;
use jiff::tz::TimeZone;
use knock_model::Millis;
use knock_scheduling::{Block, Span};
use parts::Parts;
use prose::without_prose;
use std::collections::{BTreeMap, BTreeSet};
use zones::Zones;

/// A part of a calendar that cannot be read. It never counts as free time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The event, by its UID; empty where the whole is unreadable.
    pub uid: String,
    pub reason: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.uid {
            "" => write!(to, "the calendar cannot be read: {}", self.reason),
            uid => write!(to, "the event {uid} cannot be read: {}", self.reason),
        }
    }
}

impl core::error::Error for Unreadable {}

/// The busy time of one calendar object that touches a window, each with the UID of its event. Times without a zone are in `own`, the zone of the
/// calendar's owner; an event that the owner declined, by their address, blocks nothing. The work of all events is taken from the budget.
///
/// # Errors
/// [`Unreadable`] when any of its events cannot be read, or the budget does not suffice.
pub fn busy(
    object: &str,
    window: Span,
    own: &TimeZone,
    owner: &str,
    budget: &mut Budget,
) -> Result<Vec<(String, Block)>, Unreadable> {
    let whole = |reason: String| Unreadable { uid: String::new(), reason };
    let unfolded = without_prose(&unfold(object));
    let parts = Parts::of(&unfolded).map_err(whole)?;
    let components = parts.components().map_err(whole)?;
    let zones = Zones::of(&components, own);
    let events = components.iter().filter(|component| component.name.as_str().eq_ignore_ascii_case("VEVENT"));
    let entries = events.map(|event| Entry::read(event, &zones, owner)).collect::<Result<Vec<_>, _>>()?;
    let (moved, none) = (moved(&entries, own), BTreeSet::new());
    let mut blocks = Vec::new();
    for entry in &entries {
        let unreadable = |reason| Unreadable { uid: entry.uid.clone(), reason };
        let starts = entry.starts(window, moved.get(&*entry.uid).unwrap_or(&none), budget).map_err(unreadable)?;
        for start in starts {
            let block = entry.block(&start, window).map_err(unreadable)?;
            blocks.extend(block.map(|block| (entry.uid.clone(), block)));
        }
    }
    Ok(blocks)
}

/// The instances that were moved or cancelled, by the UID of their event: they are entries of their own.
fn moved<'e>(entries: &'e [Entry], own: &TimeZone) -> BTreeMap<&'e str, BTreeSet<Option<Millis>>> {
    let mut moved: BTreeMap<&str, BTreeSet<Option<Millis>>> = BTreeMap::new();
    for (entry, instance) in entries.iter().filter_map(|entry| Some((entry, entry.instead_of.as_ref()?))) {
        moved.entry(&*entry.uid).or_default().insert(instance.instant_in(own));
    }
    moved
}
