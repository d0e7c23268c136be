//! Tracks how long the oldest uncommitted transaction has been pending.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

#[derive(Default)]
pub(super) struct StallTimer(Mutex<Tried>);

#[derive(Default)]
struct Tried {
    since: Option<Instant>,
    /// Transactions that were started, and are neither failed nor synced.
    open: usize,
}

impl StallTimer {
    /// A transaction starts.
    pub(super) fn begin(&self) {
        let mut tried = self.tried();
        tried.open += 1;
        tried.since.get_or_insert_with(Instant::now);
    }

    /// A transaction was synced.
    pub(super) fn committed(&self) {
        let mut tried = self.tried();
        tried.open = tried.open.saturating_sub(1);
        tried.since = (tried.open > 0).then(Instant::now);
    }

    /// A transaction failed.
    pub(super) fn failed(&self) {
        let mut tried = self.tried();
        tried.open = tried.open.saturating_sub(1);
    }

    /// The queue is empty.
    pub(super) fn rest(&self) {
        let mut tried = self.tried();
        if tried.open == 0 {
            tried.since = None;
        }
    }

    /// The duration for which transactions have been pending.
    pub(super) fn lasts(&self) -> Duration {
        self.tried().since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn tried(&self) -> MutexGuard<'_, Tried> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
