//! The connection limiter: a number of connections in all, and of one address.

use crate::config::Http;
use crate::proxies::{TrustedProxies, neighbourhood};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// Open files kept for the database, the log and the data directory.
const RESERVE: u64 = 128;

/// The number of permits, and the number of those in use.
const CAPACITY: &str = "knock_connections_capacity";
const OPEN: &str = "knock_connections_open";

/// The seats there are.
pub(super) struct ConnectionLimiter {
    free: Arc<Semaphore>,
    per_address: usize,
    proxies: TrustedProxies,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
    tracker: TaskTracker,
    stopping: watch::Receiver<bool>,
}

/// A seat of a connection, held by all that lives on it; released when the last of these drops it.
#[derive(Clone)]
pub(crate) struct ConnectionPermit {
    /// Turns when everybody must leave.
    pub(crate) stopping: watch::Receiver<bool>,
    _held: Arc<Held>,
}

struct Held {
    _permit: OwnedSemaphorePermit,
    _token: TaskTrackerToken,
    address: Option<IpAddr>,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl ConnectionLimiter {
    /// As many permits as configured, but not more than files can be opened.
    pub(super) fn new(limits: &Http, tracker: TaskTracker, stopping: watch::Receiver<bool>) -> ConnectionLimiter {
        let wanted = limits.max_connections.get() as usize;
        let number = wanted.min(openable(rustix::process::getrlimit(rustix::process::Resource::Nofile).current));
        if number < wanted {
            tracing::info!(number, wanted, "fewer connections than configured: the system allows too few open files");
        }
        metrics::gauge!(CAPACITY).set(number as f64);
        metrics::gauge!(OPEN).set(0.0);
        ConnectionLimiter {
            free: Arc::new(Semaphore::new(number)),
            per_address: limits.max_connections_per_ip as usize,
            proxies: limits.trusted_proxies.clone(),
            taken: Arc::default(),
            tracker,
            stopping,
        }
    }

    /// Waits until there is a seat.
    pub(super) async fn free(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    /// Takes a seat for a connection from this address; none when the address has reached its limit.
    pub(super) fn take(&self, permit: OwnedSemaphorePermit, peer: IpAddr) -> Option<ConnectionPermit> {
        let is_limited = self.per_address > 0 && !self.proxies.trusts(peer);
        let address = is_limited.then(|| neighbourhood(peer));
        if let Some(address) = address {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            let number = taken.entry(address).or_default();
            if *number >= self.per_address {
                return None;
            }
            *number += 1;
        }
        let taken = Arc::clone(&self.taken);
        metrics::gauge!(OPEN).increment(1.0);
        let held = Held { _permit: permit, _token: self.tracker.token(), address, taken };
        Some(ConnectionPermit { stopping: self.stopping.clone(), _held: Arc::new(held) })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        metrics::gauge!(OPEN).decrement(1.0);
        let Some(address) = self.address else { return };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut entry) = taken.entry(address) {
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }
}

/// The number of connections that the soft limit of open files allows; at least a few.
fn openable(soft_limit: Option<u64>) -> usize {
    let left = soft_limit.map_or(usize::MAX as u64, |limit| limit.saturating_sub(RESERVE).max(16));
    // The most a semaphore counts.
    usize::try_from(left).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_files_are_left_for_the_store() {
        let cases = [(None, Semaphore::MAX_PERMITS), (Some(1_024), 896), (Some(256), 128), (Some(64), 16)];
        for (limit, expected) in cases {
            assert_eq!(openable(limit), expected, "{limit:?}");
        }
    }

    #[tokio::test]
    async fn an_address_gets_its_share_and_gives_it_back() {
        let limits = Http { max_connections_per_ip: 1, ..Http::default() };
        let seats = ConnectionLimiter::new(&limits, TaskTracker::new(), watch::channel(false).1);
        let take = async |address: &str| {
            let permit = seats.free().await.expect("open");
            seats.take(permit, address.parse().expect("an address"))
        };
        let first = take("2001:db8::1").await.expect("free");
        assert!(take("2001:db8::2").await.is_none(), "the same network");
        assert!(take("192.0.2.1").await.is_some());
        drop(first);
        assert!(take("2001:db8::2").await.is_some());
        assert!(seats.taken.lock().expect("not poisoned").is_empty(), "who left is forgotten");
    }
}
