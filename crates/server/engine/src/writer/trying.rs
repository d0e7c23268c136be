//! Since when the writer has been trying to store what waits, in vain so far.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

#[derive(Default)]
pub(super) struct Trying(Mutex<Option<Instant>>);

impl Trying {
    /// A transaction begins; what was refused before is still waited for.
    pub(super) fn begin(&self) {
        self.since().get_or_insert_with(Instant::now);
    }

    /// Something was stored, or nothing waits.
    pub(super) fn end(&self) {
        *self.since() = None;
    }

    /// How long it has been going on.
    pub(super) fn lasts(&self) -> Duration {
        self.since().map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn since(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
