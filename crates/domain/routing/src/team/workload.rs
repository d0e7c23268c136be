//! The chats that a rep works on: the measure of capacity (7.2).

use alloc::vec::Vec;
use knock_model::Millis;

/// The time for which a chat counts after its last message.
const ACTIVE: Millis = Millis::days(1);

/// The chats of a rep that are not done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// Chats whose lead waits for the team.
    pub waiting: u32,
    /// The instants of the last message of each other chat, of either side.
    pub written_at: Vec<Millis>,
}

impl Workload {
    /// The instant up to which chats without a later message do not count.
    pub fn since(now: Millis) -> Millis {
        now - ACTIVE
    }

    /// The number of chats that count: those that wait, and those with a message within the last 24 hours.
    pub fn count(&self, now: Millis) -> u32 {
        let active = self.written_at.iter().filter(|at| now < **at + ACTIVE).count();
        self.waiting.saturating_add(u32::try_from(active).unwrap_or(u32::MAX))
    }

    /// The instant after `now` at which so many chats have become quiet that one more is taken; none where that takes
    /// an answer or another event, and where one more is taken now.
    pub fn free_at(&self, capacity: u32, now: Millis) -> Option<Millis> {
        let above = self.count(now).checked_sub(capacity)?;
        let mut ends: Vec<Millis> = self.written_at.iter().map(|at| *at + ACTIVE).filter(|end| now < *end).collect();
        ends.sort_unstable();
        ends.get(usize::try_from(above).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_chat_counts_while_it_waits_and_for_a_day_after_its_last_message() {
        let load = Workload { waiting: 2, written_at: vec![Millis(0), Millis(HOUR), Millis(5 * HOUR)] };
        for (hours, expected) in [(5, 5), (23, 5), (24, 4), (25, 3), (29, 2), (100, 2)] {
            assert_eq!(load.count(Millis(hours * HOUR)), expected, "after {hours} hours");
        }
        assert_eq!(Workload::default().count(Millis(0)), 0);
    }

    #[test]
    fn capacity_frees_when_enough_chats_are_quiet() {
        let load = Workload { waiting: 2, written_at: vec![Millis(5 * HOUR), Millis(0), Millis(HOUR)] };
        let now = Millis(6 * HOUR);
        for (capacity, expected) in [(6, None), (5, Some(24)), (4, Some(25)), (3, Some(29)), (2, None), (1, None)] {
            assert_eq!(load.free_at(capacity, now), expected.map(|hours| Millis(hours * HOUR)), "{capacity}");
            if let Some(at) = load.free_at(capacity, now) {
                assert!(load.count(at) < capacity && load.count(at - Millis(1)) >= capacity);
            }
        }
    }
}
