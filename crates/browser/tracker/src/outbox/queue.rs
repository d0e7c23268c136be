//! The signals that no server has acknowledged yet: bounded, in order, each exactly once.

use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Millis;

/// Signals kept while no server can be reached.
const COUNT_MAX: usize = 200;
/// Bytes kept, all together.
const BYTES_MAX: usize = 100_000;
/// A signal of ours is far smaller; a larger one was not written by us.
const ENTRY_MAX: usize = 20_000;
/// What is older is of no use to anybody.
const AGE_MAX: Millis = Millis::days(7);
/// Signals of one batch.
const BATCH_COUNT: usize = 100;
/// Bytes of one batch: browsers refuse what is above 64 KiB in flight, the envelope needs some.
const BATCH_BYTES: usize = 58_000;

/// Where a signal is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Not sent, or to be sent again.
    Waiting,
    /// In the request that is under way.
    Sending,
    /// Being offered to the browser.
    Handing,
    /// Given to the browser: nobody will tell whether it arrived, so the next page sends it again.
    Handed,
}

/// A signal on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// When it happened.
    pub(crate) at: Millis,
    /// Its number in the session.
    pub(crate) seq: i64,
    /// Whose it is: visitor and session with a space between.
    pub(crate) owner: String,
    /// The members of its JSON object.
    pub(crate) members: String,
    /// Where it is.
    pub(crate) way: Way,
}

impl Entry {
    /// The id stands first, so the beginning tells two signals apart.
    fn id(&self) -> Option<&str> {
        self.members.get(..44)
    }
}

/// All entries, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    pub(crate) entries: Vec<Entry>,
}

impl Queue {
    /// Adds a signal; the oldest ones make room.
    pub(crate) fn push(&mut self, entry: Entry, now: Millis) {
        let is_usable = entry.members.len() <= ENTRY_MAX && now - entry.at <= AGE_MAX;
        if is_usable && !self.entries.iter().any(|known| known.id() == entry.id()) {
            self.entries.push(entry);
            self.shed();
        }
    }

    /// Marks the next batch: waiting signals of one owner, within the limits of a request.
    pub(crate) fn take(&mut self, way: Way) {
        let Some(first) = self.entries.iter().position(|entry| entry.way == Way::Waiting) else { return };
        let (_, rest) = self.entries.split_at_mut(first);
        let (mut count, mut bytes) = (0, 0);
        let mut owner = None;
        for entry in rest.iter_mut().filter(|entry| entry.way == Way::Waiting) {
            count += 1;
            bytes += entry.members.len() + 32;
            let is_same = *owner.get_or_insert(&entry.owner) == &entry.owner;
            if !is_same || count > BATCH_COUNT || bytes > BATCH_BYTES {
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

    /// Removes what was in the request that has been answered.
    pub(crate) fn settle(&mut self) {
        self.entries.retain(|entry| entry.way != Way::Sending);
    }

    /// Whether anything waits to be sent.
    pub(crate) fn is_waiting(&self) -> bool {
        self.entries.iter().any(|entry| entry.way == Way::Waiting)
    }

    fn shed(&mut self) {
        let mut bytes: usize = self.entries.iter().map(|entry| entry.members.len()).sum();
        while self.entries.len() > COUNT_MAX || bytes > BYTES_MAX {
            let handed = self.entries.iter().position(|entry| entry.way == Way::Handed);
            bytes -= self.entries.remove(handed.unwrap_or(0)).members.len();
        }
    }
}
