//! One request at a time to a host, with a pause between two, whichever source asks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};
use tokio::time::Instant;

/// The hosts that are asked now or were asked just now.
#[derive(Default)]
pub(crate) struct Hosts(Mutex<HashMap<String, Weak<Turn<Free>>>>);

/// The instant from which a host may be requested again.
struct Free(Instant);

/// The turn to ask a host, until it is dropped.
pub(crate) struct HostTurn {
    free: OwnedMutexGuard<Free>,
    pause: Duration,
}

/// A host whose pages are being read; the order of its requests is kept for as long as this is held.
pub(crate) struct Host(Arc<Turn<Free>>);

impl Hosts {
    pub(crate) fn host(&self, name: &str) -> Host {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.retain(|_, turn| turn.strong_count() > 0);
        if let Some(turn) = hosts.get(name).and_then(Weak::upgrade) {
            return Host(turn);
        }
        let turn = Arc::new(Turn::new(Free(Instant::now())));
        hosts.insert(name.to_owned(), Arc::downgrade(&turn));
        Host(turn)
    }
}

impl Host {
    /// Waits for the turn to ask, and for the pause after the request before. The next one waits for `pause`.
    pub(crate) async fn turn(&self, pause: Duration) -> HostTurn {
        let free = Arc::clone(&self.0).lock_owned().await;
        tokio::time::sleep_until(free.0).await;
        HostTurn { free, pause }
    }
}

impl Drop for HostTurn {
    fn drop(&mut self) {
        self.free.0 = Instant::now() + self.pause;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_host_is_asked_by_one_at_a_time_with_a_pause_and_another_at_once() {
        let hosts = Hosts::default();
        let (pause, begun) = (Duration::from_secs(2), Instant::now());
        let (one, same, other) = (hosts.host("one"), hosts.host("one"), hosts.host("other"));
        drop(one.turn(pause).await);
        drop(other.turn(pause).await);
        assert_eq!(begun.elapsed(), Duration::ZERO);
        let turn = same.turn(pause).await;
        assert_eq!(begun.elapsed(), pause);
        let waits = tokio::time::timeout(Duration::from_secs(60), one.turn(pause)).await;
        assert!(waits.is_err(), "the turn is taken");
        drop(turn);
        drop((one, same));
        assert_eq!(hosts.0.lock().expect("not poisoned").len(), 2);
        drop(hosts.host("new"));
        assert_eq!(hosts.0.lock().expect("not poisoned").len(), 2, "other and new");
    }
}
