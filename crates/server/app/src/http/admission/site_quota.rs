//! Per-site quota of the writer queue: one flooding site cannot delay the others.

use super::body_memory::Held;
use knock_engine::{After, Changes, Command};
use knock_model::SiteId;
use knock_ports::{Ledger, PrefetchHint, StoreError};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

/// The number of waiting batches from which the server reports that it is degraded.
const FILLING: usize = 1_024;

/// The number of waiting batches of each site.
pub(crate) struct SiteQueueQuota {
    per_site: usize,
    waiting: Arc<Mutex<Waiting>>,
}

#[derive(Default)]
struct Waiting {
    sites: HashMap<SiteId, usize>,
    all: usize,
}

/// A place in the queue; released when the batch is written or dropped.
pub(crate) struct QuotaPermit {
    site: SiteId,
    waiting: Arc<Mutex<Waiting>>,
}

impl SiteQueueQuota {
    /// A quota of so many batches for each site.
    pub(crate) fn new(per_site: u32) -> SiteQueueQuota {
        SiteQueueQuota { per_site: per_site as usize, waiting: Arc::default() }
    }

    /// A place for a batch; none if its site has reached the quota.
    pub(crate) fn enter(&self, site: SiteId) -> Option<QuotaPermit> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let number = waiting.sites.entry(site).or_default();
        if *number >= self.per_site {
            return None;
        }
        *number += 1;
        waiting.all += 1;
        Some(QuotaPermit { site, waiting: Arc::clone(&self.waiting) })
    }

    /// Whether more batches wait than in normal operation.
    pub(crate) fn is_filling(&self) -> bool {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).all >= FILLING
    }
}

impl Drop for QuotaPermit {
    fn drop(&mut self) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.all -= 1;
        if let Entry::Occupied(mut entry) = waiting.sites.entry(self.site) {
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }
}

/// A command that holds its place and its memory until it is done, even if its caller is gone before.
pub(crate) struct WithPermit<C> {
    command: C,
    _place: QuotaPermit,
    _held: Held,
}

impl<C> WithPermit<C> {
    pub(crate) fn new(command: C, place: QuotaPermit, held: Held) -> WithPermit<C> {
        WithPermit { command, _place: place, _held: held }
    }
}

impl<C: Command> Command for WithPermit<C> {
    type Outcome = C::Outcome;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<C::Outcome, StoreError> {
        self.command.run(ledger, changes)
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        self.command.coming()
    }

    fn defer(&self) -> Option<C::Outcome> {
        self.command.defer()
    }

    fn after(&self) -> After {
        self.command.after()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_gets_its_share_and_no_more() {
        let quota = SiteQueueQuota::new(2);
        let (one, other) = (SiteId(1), SiteId(2));
        let held = [quota.enter(one), quota.enter(one)];
        assert!(held.iter().all(Option::is_some));
        assert!(quota.enter(one).is_none());
        assert!(quota.enter(other).is_some());
        drop(held);
        assert!(quota.enter(one).is_some());
        assert!(quota.waiting.lock().expect("not poisoned").sites.is_empty(), "who waits no more is forgotten");
    }

    #[test]
    fn a_queue_that_fills_up_is_noticed() {
        let quota = SiteQueueQuota::new(u32::MAX);
        let mut held: Vec<_> = (1..FILLING).map(|_| quota.enter(SiteId(1))).collect();
        assert!(!quota.is_filling());
        held.push(quota.enter(SiteId(1)));
        assert!(quota.is_filling());
    }
}
