//! The team and the links, as routing sees them.

mod crm;
mod rep;
mod turns;
mod workload;

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
pub(crate) use crm::{Owner, owner};
pub use rep::{Rep, RepState};
pub use turns::Turns;
pub use workload::Workload;

/// Everybody who can take a lead, as they stand now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    pub reps: Vec<Rep>,
    /// The turns of all pools.
    pub turns: Turns,
    /// The reps who are free at the slot that a lead chose; none before a slot is chosen.
    pub free_at_slot: Option<BTreeSet<String>>,
}

impl Team {
    /// The next rep of a pool, among those who can take a chat now: the longest wait first, then pool order (RR-27).
    pub fn next_of(&self, rule: &str, segment: &str, pool: &[String]) -> Option<&Rep> {
        let usable = pool.iter().filter_map(|id| self.rep(id)).filter(|rep| rep.skipped().is_none());
        // The first of equals wins, so that pool order settles ties.
        usable.min_by_key(|rep| self.turns.last(rule, segment, &rep.id))
    }

    /// The rep with this id; one who is not here counts as removed.
    pub fn rep(&self, id: &str) -> Option<&Rep> {
        self.reps.iter().find(|rep| rep.id == id)
    }

    /// A rep who still belongs to the team.
    pub(crate) fn present(&self, id: &str) -> Option<&Rep> {
        self.rep(id).filter(|rep| rep.state != RepState::Removed)
    }
}

/// A Knock Link (IC-04).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: String,
    /// The funnel that it opens.
    pub funnel: crate::rule::Funnel,
    /// The channel in which it is published.
    pub channel: String,
    /// The rule it was given (RR-20, RR-24); the default one otherwise.
    pub rule: Option<String>,
    /// The rep whose own calendar it offers for meetings, before any rule. Chats ignore it.
    pub calendar: Option<String>,
}
