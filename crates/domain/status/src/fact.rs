//! Facts as they were delivered, and the order in which they count.

use alloc::vec::Vec;
use knock_model::Millis;

/// The maximum distance into the past that a browser's clock is trusted for (R13).
const BROWSER_PAST: Millis = Millis(5 * Millis::MINUTE.0);

/// The clock that stamped a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A browser, whose clock may lie.
    Client,
    /// Our server, Slack, a calendar, a CRM.
    Server,
}

/// A fact, as it was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<Id, What> {
    /// Its id: delivered again, it changes nothing (R12).
    pub id: Id,
    /// The instant of the event, by its source's clock.
    pub at: Millis,
    /// The instant of delivery.
    pub received_at: Millis,
    /// The clock that stamped it.
    pub source: Source,
    pub what: What,
}

impl<Id, What> Fact<Id, What> {
    /// The instant it counts for (R13).
    pub fn effective_at(&self) -> Millis {
        let at = self.at.min(self.received_at);
        match self.source {
            Source::Client => at.max(self.received_at - BROWSER_PAST),
            Source::Server => at,
        }
    }
}

/// The facts that had arrived by `now`, each once, in the order they count: by effective instant,
/// delivery instant, order of delivery (R11, R12). The facts are given in order of delivery.
pub fn arrange<Id: Ord, What>(facts: &[Fact<Id, What>], now: Millis) -> Vec<&Fact<Id, What>> {
    // Ids and instants mostly come sorted, and sorting what is sorted costs next to nothing.
    let arrived = facts.iter().enumerate().filter(|(_, fact)| fact.received_at <= now);
    let mut arranged: Vec<(usize, &Fact<Id, What>)> = arrived.collect();
    // Stable, so that of one id the first delivered stays.
    arranged.sort_by(|(_, one), (_, other)| one.id.cmp(&other.id));
    arranged.dedup_by(|(_, again), (_, first)| again.id == first.id);
    arranged.sort_unstable_by_key(|(place, fact)| (fact.effective_at(), fact.received_at, *place));
    arranged.into_iter().map(|(_, fact)| fact).collect()
}
