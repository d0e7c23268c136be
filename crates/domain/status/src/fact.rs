//! Facts as they were delivered, and the order in which they count.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use knock_model::Millis;

/// How far into the past a browser's clock is believed (R13).
const BROWSER_PAST: Millis = Millis(5 * Millis::MINUTE.0);

/// Who stamped a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A browser, whose clock may lie.
    Client,
    /// Our server, Slack, a calendar, a CRM.
    Server,
}

/// Something that happened, as it was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<Id, What> {
    /// Its id: delivered again, it changes nothing (R12).
    pub id: Id,
    /// When it happened, by its source's clock.
    pub at: Millis,
    /// When it was delivered.
    pub received_at: Millis,
    /// Who stamped it.
    pub source: Source,
    /// What happened.
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
    let mut seen = BTreeSet::new();
    let mut arranged: Vec<&Fact<Id, What>> = facts.iter().filter(|fact| fact.received_at <= now).collect();
    arranged.retain(|fact| seen.insert(&fact.id));
    arranged.sort_by_key(|fact| (fact.effective_at(), fact.received_at));
    arranged
}
