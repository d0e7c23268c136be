//! The history of a status.

use alloc::vec::Vec;
use knock_model::Millis;

/// The cause of a change of status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause<Timer> {
    /// A fact, by its place among the arranged ones.
    Fact(usize),
    /// A timer that fell due.
    Timer(Timer),
}

/// A status was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<Status, Timer> {
    /// The instant: that of the fact, or the due instant of the timer.
    pub at: Millis,
    pub status: Status,
    pub cause: Cause<Timer>,
}

/// Adds an entry; what happens at one instant is one entry, or none when it ends where it began.
pub(crate) fn enter<Status: Copy + PartialEq, Timer: Copy>(
    timeline: &mut Vec<Entry<Status, Timer>>,
    entry: Entry<Status, Timer>,
) {
    if timeline.last().is_some_and(|last| last.at == entry.at) {
        timeline.pop();
    }
    if timeline.last().is_none_or(|last| last.status != entry.status) {
        timeline.push(entry);
    }
}
