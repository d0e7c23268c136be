//! What was put off in a burst: kept in the store, known here by browser and order.
//!
//! A batch is put off only where it is certain that all of it is new: its signals carry numbers of their visits above
//! all that came before. Whatever else comes of a browser is done after what of it was put off.

use crate::measures;
use knock_model::{SessionId, VisitorId};
use knock_ports::{Place, StoreError, View};
use std::collections::{BTreeMap, HashMap};

/// When signals are put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burst {
    /// So many commands wait at once; 0 is never.
    pub from: usize,
    /// Signals that may be put off; past that they are done when their turn comes.
    pub most: u64,
}

impl Burst {
    /// Everything is done when its turn comes.
    pub const NEVER: Burst = Burst { from: 0, most: 0 };
}

/// Batches that may be put off, whatever they hold: some hundred bytes of each are in memory.
const BATCHES: usize = 600_000;

/// The highest numbers of a browser's visits: nearly always of one, so that a list takes the least room.
#[derive(Default)]
pub(super) struct Highest(Vec<(SessionId, u32)>);

impl Highest {
    pub(super) fn of(&self, session: SessionId) -> Option<u32> {
        self.0.iter().find(|(known, _)| *known == session).map(|(_, number)| *number)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn set(&mut self, session: SessionId, number: u32) {
        match self.0.iter_mut().find(|(known, _)| *known == session) {
            Some((_, known)) => *known = number,
            None => self.0.push((session, number)),
        }
    }

    fn take(&mut self, newer: Highest) {
        newer.0.into_iter().for_each(|(session, number)| self.set(session, number));
    }
}

/// What waits, as it is in the store.
#[derive(Default)]
pub(super) struct Backlog {
    places: BTreeMap<i64, Place>,
    browsers: HashMap<VisitorId, Waiting>,
    signals: u64,
}

/// What waits of one browser.
#[derive(Default)]
pub(super) struct Waiting {
    pub(super) numbers: Vec<i64>,
    /// Not known of what an earlier process put off.
    pub(super) highest: Option<Highest>,
}

impl Backlog {
    /// What an earlier process left.
    pub(super) fn load(view: &dyn View) -> Result<Backlog, StoreError> {
        let mut backlog = Backlog::default();
        for place in view.backlog()? {
            backlog.browsers.entry(place.visitor).or_default().numbers.push(place.number);
            backlog.signals += u64::from(place.signals);
            backlog.places.insert(place.number, place);
        }
        Ok(backlog)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What waits of a browser.
    pub(super) fn of(&self, visitor: VisitorId) -> Option<&Waiting> {
        self.browsers.get(&visitor)
    }

    /// How many signals wait.
    pub(super) fn signals(&self) -> u64 {
        self.signals
    }

    /// Whether more may be put off.
    pub(super) fn has_room(&self, most: u64) -> bool {
        self.signals < most && self.places.len() < BATCHES
    }

    /// The oldest batches.
    pub(super) fn oldest(&self, batches: usize) -> Vec<i64> {
        self.places.keys().take(batches).copied().collect()
    }

    /// Forgets a batch that cannot be done; the store keeps it.
    pub(super) fn leave(&mut self, number: i64) {
        let Some(place) = self.places.remove(&number) else { return };
        self.signals -= u64::from(place.signals);
        if let Some(waiting) = self.browsers.get_mut(&place.visitor) {
            waiting.numbers.retain(|known| *known != number);
            if waiting.numbers.is_empty() {
                self.browsers.remove(&place.visitor);
            }
        }
    }

    /// Takes over what a transaction did, once it is committed.
    pub(super) fn apply(&mut self, changes: Changes) {
        changes.done.into_iter().for_each(|number| self.leave(number));
        for (visitor, highest) in changes.highest {
            self.browsers.entry(visitor).or_default().highest.get_or_insert_default().take(highest);
        }
        for place in changes.put_off {
            self.browsers.entry(place.visitor).or_default().numbers.push(place.number);
            self.signals += u64::from(place.signals);
            measures::put_off(u64::from(place.signals));
            self.places.insert(place.number, place);
        }
    }
}

/// What a transaction does to the backlog.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) done: Vec<i64>,
    pub(super) put_off: Vec<Place>,
    pub(super) highest: HashMap<VisitorId, Highest>,
}

impl Changes {
    /// Of a browser's visits there are higher numbers.
    pub(super) fn rise(&mut self, visitor: VisitorId, highest: Highest) {
        self.highest.entry(visitor).or_default().take(highest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{Millis, SiteId};

    #[test]
    fn signals_are_put_off_while_there_is_room_for_them_and_for_what_is_known_of_their_batches() {
        let mut backlog = Backlog::default();
        let visitor = VisitorId::new(Millis(0), &[0; 10]);
        let put_off = |numbers: std::ops::Range<i64>| Changes {
            put_off: numbers.map(|number| Place { number, site: SiteId(1), visitor, signals: 2 }).collect(),
            ..Changes::default()
        };
        backlog.apply(put_off(0..3));
        assert!(backlog.has_room(7) && !backlog.has_room(6));
        backlog.apply(put_off(3..600_000));
        assert!(!backlog.has_room(u64::MAX));
        backlog.leave(7);
        assert!(backlog.has_room(u64::MAX));
    }
}
