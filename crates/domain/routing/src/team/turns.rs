//! The turns of all pools. There is no cursor: an edit of a pool breaks nothing (RR-27).

use crate::decision::Decision;
use alloc::collections::BTreeMap;
use alloc::string::String;

type Numbers = BTreeMap<String, u64>;

/// The number of every member's last turn, by rule and segment; the higher, the later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    pools: BTreeMap<String, BTreeMap<String, Numbers>>,
    shared: Numbers,
}

impl Turns {
    /// Numbers that hold for whichever pool is asked.
    pub fn shared(numbers: BTreeMap<String, u64>) -> Turns {
        Turns { pools: BTreeMap::new(), shared: numbers }
    }

    /// Sets the number of a member's last turn.
    pub fn set(&mut self, rule: &str, segment: &str, rep: &str, number: u64) {
        let pool = self.pools.entry(rule.into()).or_default().entry(segment.into()).or_default();
        pool.insert(rep.into(), number);
    }

    /// Keeps the turn that a decision used up.
    pub fn take(&mut self, decision: &Decision) {
        if let (Some(segment), Some(turn)) = (&decision.segment, &decision.turn) {
            self.set(&decision.rule, segment, &turn.rep, turn.number);
        }
    }

    /// The last turns of every pool: rule, segment, rep and number.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &str, u64)> {
        self.pools.iter().flat_map(|(rule, segments)| {
            segments.iter().flat_map(move |(segment, numbers)| {
                numbers.iter().map(move |(rep, number)| (rule.as_str(), segment.as_str(), rep.as_str(), *number))
            })
        })
    }

    /// The number of a member's last turn.
    pub(crate) fn last(&self, rule: &str, segment: &str, rep: &str) -> Option<u64> {
        self.pool(rule, segment).get(rep).copied()
    }

    /// The number of the next turn: one above every number before.
    pub(crate) fn next(&self, rule: &str, segment: &str) -> u64 {
        self.pool(rule, segment).values().max().map_or(1, |last| last.saturating_add(1))
    }

    fn pool(&self, rule: &str, segment: &str) -> &Numbers {
        self.pools.get(rule).and_then(|segments| segments.get(segment)).unwrap_or(&self.shared)
    }
}
