//! The clock worker: fires timers when they are due. Timers are rows, so none is lost.

use crate::blocking::run_blocking;
use crate::commands::{FireTimers, Fired};
use crate::notice::{Notice, changed};
use crate::writer::{CommitError, Writer};
use knock_model::Millis;
use knock_ports::{Clock, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// The longest sleep: a wall clock that was set forward is noticed within it.
const NAP: Millis = Millis(10_000);

/// Fires due timers.
#[derive(Clone)]
pub struct ClockWorker {
    pub clock: Arc<dyn Clock>,
    /// The timers to read.
    pub store: Arc<dyn Store>,
    pub writer: Writer,
}

impl ClockWorker {
    /// Fires all timers that are due now; when this returns, they are done.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn catch_up(&self) -> Result<(), CommitError> {
        let now = self.clock.now();
        while self.writer.commit(FireTimers { now }).await? == Fired::Some {}
        Ok(())
    }

    /// Runs until the writer is gone.
    pub async fn run(self) {
        let mut changes = self.writer.watch();
        loop {
            let worker = self.clone();
            let nap = match run_blocking(move || worker.nap()).await {
                Ok(Millis(..=0)) => {
                    if let Err(error) = self.catch_up().await {
                        tracing::warn!(%error, "timers could not be fired; trying again");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                    continue;
                }
                Ok(nap) => nap,
                Err(error) => {
                    tracing::warn!(%error, "timers could not be read; trying again");
                    Millis(1_000)
                }
            };
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(u64::try_from(nap.0).unwrap_or(0))) => {}
                result = changed(&mut changes, &Notice::Timer) => if result.is_err() {
                    return;
                },
            }
        }
    }

    /// The time until the next timer is due, at most [`NAP`].
    fn nap(&self) -> Result<Millis, StoreError> {
        let mut next = None;
        self.store.read(&mut |view| {
            next = view.next_due()?;
            Ok(())
        })?;
        Ok(next.map_or(NAP, |due| (due - self.clock.now()).min(NAP)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::Changes;
    use crate::notice::SETTLE;
    use crate::writer::{After, Command};
    use knock_ports::Ledger;
    use knock_store::Scratch;
    use tokio::time::Instant;

    /// Notifies that a timer was set.
    struct SetTimer;

    impl Command for SetTimer {
        type Outcome = ();

        fn run(&self, _: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
            changes.push(Notice::Timer);
            Ok(())
        }

        fn after(&self) -> After {
            After::Nothing
        }
    }

    struct Stopped;

    impl Clock for Stopped {
        fn now(&self) -> Millis {
            Millis(0)
        }
    }

    #[tokio::test]
    async fn notices_during_a_pause_are_dropped_at_once() {
        const COMMITS: u32 = 400;
        let scratch = Scratch::new();
        let (store, clock) = (scratch.store(), Arc::new(Stopped));
        let (writer, _thread) = Writer::start(Arc::clone(&store)).expect("it starts");
        let look = async {
            for _ in 0..COMMITS {
                writer.commit(SetTimer).await.expect("done");
            }
            let notices = writer.watchers().upgrade().expect("it runs");
            // Reading them one by one would take twice as long.
            let end = Instant::now() + SETTLE * COMMITS / 2;
            while !notices.is_empty() {
                assert!(Instant::now() < end, "{} are kept", notices.len());
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            () = ClockWorker { clock, store, writer: writer.clone() }.run() => panic!("it ended"),
            () = look => {}
        }
    }
}
