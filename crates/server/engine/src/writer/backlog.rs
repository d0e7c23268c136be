//! The backlog: batches deferred in a burst, kept in the store and indexed here by browser and order.
//!
//! A batch is deferred only if all of it is certainly new: its signals carry numbers of their sessions above all
//! earlier ones. Other batches of a browser run after its deferred ones.

use crate::measures;
use knock_model::{SessionId, VisitorId};
use knock_ports::{Place, StoreError, View};
use slab::Slab;
use smallvec::SmallVec;
use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU32;

/// The condition for deferring signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burst {
    /// The number of waiting commands from which signals are deferred; 0 is never.
    pub from: usize,
    /// The maximum of deferred signals; further ones run in their turn.
    pub most: u64,
}

impl Burst {
    /// A burst that never starts, so no signal is deferred.
    pub const NEVER: Burst = Burst { from: 0, most: 0 };
}

/// The maximum of deferred batches, whatever their size: a batch takes some ten bytes of memory, a browser a hundred.
const BATCHES: usize = 600_000;

/// The highest numbers of a browser's sessions: nearly always of one session.
#[derive(Default)]
pub(super) struct Highest(SmallVec<[(SessionId, u32); 1]>);

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

/// The backlog, as it is stored.
#[derive(Default)]
pub(super) struct Backlog {
    /// By number, and so by age; a finished batch stays in between until all before it are finished.
    batches: VecDeque<Batch>,
    browsers: Slab<Waiting>,
    /// The index of each browser in `browsers`.
    places: HashMap<VisitorId, u32>,
    waiting: usize,
    signals: u64,
}

struct Batch {
    number: i64,
    browser: u32,
    /// None once it is finished.
    signals: Option<NonZeroU32>,
}

/// The waiting signals of one browser.
pub(super) struct Waiting {
    visitor: VisitorId,
    pub(super) numbers: SmallVec<[i64; 2]>,
    /// Unknown for batches deferred by an earlier process.
    pub(super) highest: Option<Highest>,
}

impl Backlog {
    /// Loads the backlog of an earlier process.
    pub(super) fn load(view: &dyn View) -> Result<Backlog, StoreError> {
        let mut backlog = Backlog::default();
        view.backlog()?.into_iter().for_each(|place| backlog.add(place));
        Ok(backlog)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting == 0
    }

    /// The waiting signals of a browser.
    pub(super) fn of(&self, visitor: VisitorId) -> Option<&Waiting> {
        self.browsers.get(index(*self.places.get(&visitor)?))
    }

    /// The number of waiting signals.
    pub(super) fn signals(&self) -> u64 {
        self.signals
    }

    /// Whether more may be deferred.
    pub(super) fn has_room(&self, most: u64) -> bool {
        self.signals < most && self.batches.len() < BATCHES
    }

    /// Returns the numbers of the oldest batches.
    pub(super) fn oldest(&self, batches: usize) -> Vec<i64> {
        let waiting = self.batches.iter().filter(|batch| batch.signals.is_some());
        waiting.take(batches).map(|batch| batch.number).collect()
    }

    /// Removes a batch from the index; a batch that cannot be replayed stays in the store.
    pub(super) fn leave(&mut self, number: i64) {
        let Ok(at) = self.batches.binary_search_by_key(&number, |batch| batch.number) else { return };
        let Some(signals) = self.batches[at].signals.take() else { return };
        self.signals -= u64::from(signals.get());
        self.waiting -= 1;
        let browser = index(self.batches[at].browser);
        if let Some(waiting) = self.browsers.get_mut(browser) {
            waiting.numbers.retain(|known| *known != number);
            if waiting.numbers.is_empty() {
                self.places.remove(&waiting.visitor);
                self.browsers.remove(browser);
            }
        }
        while self.batches.front().is_some_and(|batch| batch.signals.is_none()) {
            self.batches.pop_front();
        }
        if self.waiting == 0 {
            // Frees the memory of a burst.
            *self = Backlog::default();
        }
    }

    /// Applies the changes of a committed transaction.
    pub(super) fn apply(&mut self, changes: BacklogChanges) {
        changes.done.into_iter().for_each(|number| self.leave(number));
        for place in changes.deferred {
            measures::deferred(u64::from(place.signals));
            self.add(place);
        }
        for (visitor, highest) in changes.highest {
            if let Some(waiting) = self.places.get(&visitor).and_then(|place| self.browsers.get_mut(index(*place))) {
                waiting.highest.get_or_insert_default().take(highest);
            }
        }
    }

    fn add(&mut self, Place { number, visitor, signals, .. }: Place) {
        let browser = *self.places.entry(visitor).or_insert_with(|| {
            let waiting = Waiting { visitor, numbers: SmallVec::new(), highest: None };
            u32::try_from(self.browsers.insert(waiting)).unwrap_or(u32::MAX)
        });
        if let Some(waiting) = self.browsers.get_mut(index(browser)) {
            waiting.numbers.push(number);
        }
        // A new number is above all unfinished ones, but may be that of a finished batch.
        while self.batches.back().is_some_and(|last| last.number >= number && last.signals.is_none()) {
            self.batches.pop_back();
        }
        let signals = NonZeroU32::new(signals).unwrap_or(NonZeroU32::MIN);
        self.batches.push_back(Batch { number, browser, signals: Some(signals) });
        self.waiting += 1;
        self.signals += u64::from(signals.get());
    }
}

fn index(browser: u32) -> usize {
    usize::try_from(browser).unwrap_or(usize::MAX)
}

/// The changes of the backlog in a transaction.
#[derive(Default)]
pub(super) struct BacklogChanges {
    pub(super) done: Vec<i64>,
    pub(super) deferred: Vec<Place>,
    pub(super) highest: HashMap<VisitorId, Highest>,
}

impl BacklogChanges {
    /// Records higher numbers of a browser's sessions.
    pub(super) fn rise(&mut self, visitor: VisitorId, highest: Highest) {
        self.highest.entry(visitor).or_default().take(highest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{Millis, SiteId};

    #[test]
    fn signals_are_deferred_while_there_is_room_for_them_and_for_what_is_known_of_their_batches() {
        let mut backlog = Backlog::default();
        let visitor = VisitorId::new(Millis(0), &[0; 10]);
        let deferred = |numbers: std::ops::Range<i64>| BacklogChanges {
            deferred: numbers.map(|number| Place { number, site: SiteId(1), visitor, signals: 2 }).collect(),
            ..BacklogChanges::default()
        };
        backlog.apply(deferred(0..3));
        assert!(backlog.has_room(7) && !backlog.has_room(6));
        backlog.apply(deferred(3..600_000));
        assert!(!backlog.has_room(u64::MAX));
        backlog.leave(7);
        assert!(!backlog.has_room(u64::MAX), "what lies between is kept until what is older is done");
        (0..7).for_each(|number| backlog.leave(number));
        assert!(backlog.has_room(u64::MAX) && backlog.oldest(2) == [8, 9]);
        assert_eq!(backlog.of(visitor).map(|waiting| waiting.numbers.len()), Some(599_992));
    }

    #[test]
    fn what_is_done_waits_no_longer_whatever_its_turn() {
        let mut backlog = Backlog::default();
        let visitors = [1, 2].map(|number| VisitorId::new(Millis(0), &[number; 10]));
        let place =
            |number: i64| Place { number, site: SiteId(1), visitor: visitors[usize::from(number > 3)], signals: 2 };
        let changes = |done: &[i64], deferred: &[i64]| BacklogChanges {
            done: done.to_vec(),
            deferred: deferred.iter().copied().map(place).collect(),
            ..BacklogChanges::default()
        };
        backlog.apply(changes(&[], &[1, 2, 3, 5, 8]));
        backlog.apply(changes(&[5, 2, 8, 4], &[9]));
        assert_eq!((backlog.oldest(9), backlog.signals()), (vec![1, 3, 9], 6));
        let numbers = |visitor| backlog.of(visitor).map(|waiting| waiting.numbers.to_vec());
        assert_eq!((numbers(visitors[0]), numbers(visitors[1])), (Some(vec![1, 3]), Some(vec![9])));
        backlog.apply(changes(&[1, 3, 9], &[]));
        assert!(backlog.is_empty() && backlog.signals() == 0 && backlog.of(visitors[0]).is_none());
    }

    #[test]
    fn a_number_is_given_again_once_what_had_it_is_done() {
        let mut backlog = Backlog::default();
        let visitor = VisitorId::new(Millis(0), &[0; 10]);
        let place = |number: i64| Place { number, site: SiteId(1), visitor, signals: 1 };
        let deferred = |numbers: &[i64]| BacklogChanges {
            deferred: numbers.iter().copied().map(place).collect(),
            ..BacklogChanges::default()
        };
        let done = |numbers: &[i64]| BacklogChanges { done: numbers.to_vec(), ..BacklogChanges::default() };
        backlog.apply(deferred(&[1, 2, 3, 4]));
        backlog.apply(done(&[4, 3]));
        backlog.apply(deferred(&[3, 4]));
        assert_eq!(backlog.oldest(9), [1, 2, 3, 4]);
        backlog.apply(done(&[3]));
        assert_eq!((backlog.oldest(9), backlog.signals()), (vec![1, 2, 4], 3));
        backlog.apply(done(&[1, 2, 4]));
        assert!(backlog.is_empty());
    }
}
