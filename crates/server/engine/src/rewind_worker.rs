//! The rewind worker: notices a wall clock that was set back, also while no server ran, and derives anew the values
//! that were derived as of later instants.

use crate::blocking::run_blocking;
use crate::commands::{NoteClock, Rewind, RewindStep, Rewound};
use crate::notice::{Notice, changed};
use crate::writer::{CommitError, Writer};
use knock_model::Millis;
use knock_ports::{Clock, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The interval between checks of the clock when no timer is set.
const NAP: Duration = Duration::from_secs(10);
/// A smaller step of the clock is no jump: a value derived too early is correct again within this time.
const SLACK: Millis = Millis(10_000);
/// The pause of a rewind while too many others wait.
const PAUSE: Duration = Duration::from_millis(200);

/// Rewinds after the clock was set back.
#[derive(Clone)]
pub struct RewindWorker {
    pub clock: Arc<dyn Clock>,
    /// The store, which keeps the latest instant as of which something was derived.
    pub store: Arc<dyn Store>,
    pub writer: Writer,
}

impl RewindWorker {
    /// Rewinds if something was derived as of a later instant than now; returns the amount. Only then all rows are
    /// read.
    ///
    /// # Errors
    /// When the store fails; then the next call starts over.
    pub async fn catch_up(&self) -> Result<Rewound, CommitError> {
        let worker = self.clone();
        let until = run_blocking(move || worker.derived_until()).await.map_err(CommitError::Store)?;
        match until {
            Some(until) if until > self.clock.now() + SLACK => self.rewind(until).await,
            _ => Ok(Rewound::default()),
        }
    }

    /// Runs until the writer is gone.
    pub async fn run(self) {
        let (mut changes, begun) = (self.writer.watch(), Instant::now());
        let (mut steps, mut is_due) = (Steps::new(self.clock.now()), true);
        loop {
            let done = match steps.see(self.clock.now(), begun.elapsed()) {
                // The next start must know of it, even if nothing is derived before the stop.
                Some(latest) => self.writer.commit(NoteClock { at: latest }).await.map(|()| is_due = true),
                None => Ok(()),
            };
            let done = match done {
                Ok(()) if is_due => self.catch_up().await.map(|_| is_due = false),
                done => done,
            };
            match done {
                Ok(()) => {}
                Err(CommitError::Stopping) => return,
                Err(error) => {
                    tracing::warn!(%error, "what was derived by another clock could not be set right; trying again");
                    is_due = true;
                }
            }
            tokio::select! {
                () = tokio::time::sleep(NAP) => {}
                result = changed(&mut changes, &Notice::Timer) => if result.is_err() {
                    return;
                },
            }
        }
    }

    async fn rewind(&self, until: Millis) -> Result<Rewound, CommitError> {
        let first = (Rewound::default(), Some(RewindStep::Persons(None)));
        let ((mut so_far, mut next), mut last) = (first, self.clock.now());
        tracing::warn!(
            by_s = (until - last).0 / 1_000,
            "the clock was set back; what was derived is derived as of now"
        );
        while let Some(step) = next {
            let now = self.clock.now();
            if now + SLACK < last {
                // Set back once more: the earlier pieces were derived as of a later instant.
                (so_far, next) = (so_far, Some(RewindStep::Persons(None)));
                last = now;
                continue;
            }
            last = now;
            match self.writer.commit(Rewind { step, now, so_far }).await {
                Ok(done) => (so_far, next) = done,
                Err(CommitError::Overloaded | CommitError::Store(StoreError::Busy)) => tokio::time::sleep(PAUSE).await,
                Err(error) => return Err(error),
            }
        }
        let Rewound { persons, companies } = so_far;
        tracing::info!(persons, companies, "what was derived ahead of the clock is derived as of now");
        Ok(so_far)
    }

    fn derived_until(&self) -> Result<Option<Millis>, StoreError> {
        let mut until = None;
        self.store.read(&mut |view| {
            until = view.derived_until()?;
            Ok(())
        })?;
        Ok(until)
    }
}

/// Compares the wall clock with the monotonic clock.
struct Steps {
    /// The distance of the wall clock ahead of that time.
    ahead: Millis,
    last: Millis,
}

impl Steps {
    fn new(now: Millis) -> Steps {
        Steps { ahead: now, last: now }
    }

    /// Returns the latest instant that the clock has shown, if it jumped since the last call.
    fn see(&mut self, now: Millis, elapsed: Duration) -> Option<Millis> {
        let elapsed = Millis(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX));
        let (ahead, last) = (now - elapsed, self.last);
        self.last = now;
        if (ahead - self.ahead).0.abs() <= SLACK.0 {
            return None;
        }
        self.ahead = ahead;
        Some(last.max(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_goes_at_its_own_pace_has_not_jumped_and_one_that_is_set_has() {
        let mut steps = Steps::new(Millis(1_000_000));
        let mut see = |now: i64, seconds: u64| steps.see(Millis(now), Duration::from_secs(seconds)).map(|at| at.0);
        assert_eq!(see(1_010_000, 10), None);
        assert_eq!(see(1_025_000, 20), None);
        assert_eq!(see(1_012_000, 20), None);
        assert_eq!(see(9_000_000, 30), Some(9_000_000));
        assert_eq!(see(9_010_000, 40), None);
        // Back: the latest instant is the previous one.
        assert_eq!(see(1_050_000, 50), Some(9_010_000));
        assert_eq!(see(1_060_000, 60), None);
    }
}
