//! The signals that no server has acknowledged yet: bounded, in order, each exactly once.

use crate::session::since;
use alloc::vec::Vec;
use knock_model::Millis;

/// Signals kept while no server can be reached.
const COUNT_MAX: usize = 500;
/// Bytes kept, all together.
const BYTES_MAX: u32 = 250_000;
/// Our signals are far smaller; a larger one was not written by us.
const ENTRY_MAX: u32 = 20_000;
/// Older signals are dropped.
const AGE_MAX: Millis = Millis::days(7);
pub(crate) const BATCH_COUNT: usize = 100;
/// Bytes of one batch: browsers refuse what is above 64 KiB in flight, the envelope needs some.
const BATCH_BYTES: u32 = 58_000;

/// The delivery state of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Not sent, or to be sent again.
    Waiting,
    /// In the request that is under way.
    Sending,
    /// In a beacon, which the browser sends.
    Beacon,
}

/// A queued signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its handle at the host.
    pub(crate) handle: u32,
    /// When it happened.
    pub(crate) at: Millis,
    /// Its size.
    pub(crate) bytes: u32,
    /// Its owner: one batch has signals of one owner.
    pub(crate) owner: u32,
    /// Its delivery state.
    pub(crate) way: Way,
}

/// All entries, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    pub(crate) entries: Vec<Entry>,
}

impl Queue {
    /// Adds a signal; false when it is too large or too old.
    pub(crate) fn push(&mut self, entry: Entry, now: Millis) -> bool {
        let is_usable = entry.bytes <= ENTRY_MAX && since(entry.at, now) <= AGE_MAX.0;
        if is_usable {
            self.entries.push(entry);
        }
        is_usable
    }

    /// Over a limit, removes the oldest waiting signal and returns its handle. Signals under way may still arrive.
    pub(crate) fn shed(&mut self) -> Option<u32> {
        let bytes: u32 = self.entries.iter().map(|entry| entry.bytes).sum();
        if self.entries.len() <= COUNT_MAX && bytes <= BYTES_MAX {
            return None;
        }
        let first = self.entries.iter().position(|entry| entry.way == Way::Waiting);
        first.map(|at| self.entries.remove(at).handle)
    }

    /// Marks the next batch: at most `most` waiting signals of one owner, within the limits of a request.
    pub(crate) fn take(&mut self, way: Way, most: usize) {
        let (mut count, mut bytes, mut owner) = (0, 0, None);
        for entry in self.entries.iter_mut().filter(|entry| entry.way == Way::Waiting) {
            count += 1;
            bytes += entry.bytes + 1;
            if *owner.get_or_insert(entry.owner) != entry.owner || count > most || bytes > BATCH_BYTES {
                break;
            }
            entry.way = way;
        }
    }

    /// Moves all entries from one way to another.
    pub(crate) fn redirect(&mut self, from: Way, to: Way) {
        for entry in &mut self.entries {
            if entry.way == from {
                entry.way = to;
            }
        }
    }

    /// How many are on that way.
    pub(crate) fn count(&self, way: Way) -> usize {
        self.entries.iter().filter(|entry| entry.way == way).count()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Millis = Millis(1_780_000_000_000);

    fn entry(handle: u32, owner: u32, bytes: u32) -> Entry {
        Entry { handle, at: NOW, bytes, owner, way: Way::Waiting }
    }

    fn handles(queue: &Queue, way: Way) -> Vec<u32> {
        queue.entries.iter().filter(|entry| entry.way == way).map(|entry| entry.handle).collect()
    }

    fn push_all(queue: &mut Queue, entries: impl IntoIterator<Item = Entry>) {
        for entry in entries {
            assert!(queue.push(entry, NOW));
            while queue.shed().is_some() {}
        }
    }

    proptest! {
        #[test]
        fn the_queue_is_bounded_and_keeps_the_newest(sizes in prop::collection::vec(0u32..3000, 0..900)) {
            let mut queue = Queue::default();
            push_all(&mut queue, sizes.iter().zip(0..).map(|(size, handle)| entry(handle, 1, *size)));
            let bytes: u32 = queue.entries.iter().map(|entry| entry.bytes).sum();
            prop_assert!(queue.entries.len() <= COUNT_MAX && bytes <= BYTES_MAX);
            let kept = handles(&queue, Way::Waiting);
            let expected: Vec<u32> = (0..sizes.len() as u32).skip(sizes.len() - kept.len()).collect();
            prop_assert_eq!(kept, expected);
        }
    }

    #[test]
    fn a_batch_has_one_owner_and_stays_within_the_limits_of_a_request() {
        let mut queue = Queue::default();
        push_all(&mut queue, (0..150).map(|handle| entry(handle, u32::from(handle >= 140), 10)));
        let mut counts = Vec::new();
        while queue.count(Way::Waiting) > 0 {
            queue.take(Way::Sending, BATCH_COUNT);
            counts.push(queue.count(Way::Sending));
            queue.entries.retain(|entry| entry.way != Way::Sending);
        }
        assert_eq!(counts, [100, 40, 10]);
        push_all(&mut queue, (0..30).map(|handle| entry(handle, 1, 3_000)));
        queue.take(Way::Sending, BATCH_COUNT);
        assert_eq!(queue.count(Way::Sending), 19);
        queue.take(Way::Beacon, 2);
        assert_eq!(handles(&queue, Way::Beacon), [19, 20]);
    }

    #[test]
    fn the_oldest_that_waits_makes_room_and_what_is_under_way_never() {
        let mut queue = Queue::default();
        push_all(&mut queue, (0..500).map(|handle| entry(handle, 1, 1)));
        queue.entries[0].way = Way::Sending;
        push_all(&mut queue, [entry(500, 1, 1), entry(501, 1, 1)]);
        assert_eq!(handles(&queue, Way::Sending), [0]);
        assert_eq!(handles(&queue, Way::Waiting), (3..=501).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_too_large_or_too_old_is_not_taken() {
        let mut queue = Queue::default();
        assert!(!queue.push(entry(1, 1, ENTRY_MAX + 1), NOW));
        assert!(!queue.push(entry(2, 1, 1), NOW + Millis::days(8)));
        assert!(queue.push(entry(3, 1, ENTRY_MAX), NOW + Millis::days(7)));
    }
}
