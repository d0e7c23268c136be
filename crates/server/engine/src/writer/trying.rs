//! Since when the writer has been trying to store what waits, in vain so far.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

#[derive(Default)]
pub(super) struct Trying(Mutex<Tried>);

#[derive(Default)]
struct Tried {
    since: Option<Instant>,
    /// Transactions that were begun, and neither failed nor are they on the disk.
    open: usize,
}

impl Trying {
    /// A transaction begins; what was refused before is still waited for.
    pub(super) fn begin(&self) {
        let mut tried = self.tried();
        tried.open += 1;
        tried.since.get_or_insert_with(Instant::now);
    }

    /// One is on the disk.
    pub(super) fn told(&self) {
        let mut tried = self.tried();
        tried.open = tried.open.saturating_sub(1);
        tried.since = (tried.open > 0).then(Instant::now);
    }

    /// One was not stored.
    pub(super) fn failed(&self) {
        let mut tried = self.tried();
        tried.open = tried.open.saturating_sub(1);
    }

    /// Nothing waits to be written.
    pub(super) fn rest(&self) {
        let mut tried = self.tried();
        if tried.open == 0 {
            tried.since = None;
        }
    }

    /// How long it has been going on.
    pub(super) fn lasts(&self) -> Duration {
        self.tried().since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn tried(&self) -> MutexGuard<'_, Tried> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
