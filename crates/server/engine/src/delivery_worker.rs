//! The delivery worker: claims due deliveries of the outbox, passes each to the connector of its destination, and
//! records the outcome.

use crate::blocking::run_blocking;
use crate::commands::outbox::{AT_ONCE, is_due};
use crate::commands::{ClaimDeliveries, CompleteAttempt};
use crate::measures;
use crate::notice::{Notice, SETTLE, changed};
use crate::running_attempts::RunningAttempts;
use crate::writer::{CommitError, Writer};
use backon::{BackoffBuilder, ExponentialBuilder};
use futures_util::FutureExt;
use knock_model::{DestinationKind, Millis};
use knock_ports::{
    Clock, Completion, Connector, Delivery, DeliveryOutcome, OutboxEntry, PANICKED, Setup, Store, StoreError, View,
};
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// The longest sleep: a wall clock that was set forward is noticed within it.
const MAX_SLEEP: Millis = Millis(10_000);
/// The number of concurrent attempts of this server, over all destinations.
const MOST: usize = 32;
/// The first delay after a failure, before jitter of up to its double; each delay is twice the previous one.
const FIRST_WAIT: Duration = Duration::from_secs(2);
/// The longest delay of the server's own choice.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);
/// The same where the destination asks for a delay of its own: it knows best, and in a burst the posts that were refused
/// first would wait longest.
const LONGEST_BESIDE: Duration = Duration::from_secs(30);
/// The longest delay that a destination can ask for.
const LONGEST_ASKED: Millis = Millis(12 * 3_600_000);
/// Added to what a destination asks for: clocks are corrected meanwhile, and who comes too early has to wait again.
const CORRECTION: Millis = Millis(1_000);
/// The delay after an error of the store.
const PAUSE: Duration = Duration::from_secs(1);

/// The connectors, one for each kind of destination.
#[derive(Clone, Default)]
pub struct Connectors(BTreeMap<DestinationKind, Arc<dyn Connector>>);

impl Connectors {
    /// Registers connectors; of two for the same kind the later one wins.
    pub fn new(connectors: impl IntoIterator<Item = Arc<dyn Connector>>) -> Connectors {
        Connectors(connectors.into_iter().map(|connector| (connector.kind(), connector)).collect())
    }

    /// Returns whether deliveries of a kind can be made, according to the configuration.
    pub fn setup(&self, kind: DestinationKind) -> Setup {
        self.0.get(&kind).map_or(Setup::Missing, |connector| connector.setup())
    }

    async fn deliver(&self, delivery: &Delivery) -> DeliveryOutcome {
        let Some(connector) = self.0.get(&delivery.entry.to.kind) else {
            return DeliveryOutcome::Rejected("this server has no connector for it".to_owned());
        };
        // A connector reads data of strangers. An attempt without an outcome would keep its place until its claim ends,
        // and two of them would stop their destination.
        let attempt = AssertUnwindSafe(async { connector.deliver(delivery).await });
        attempt.catch_unwind().await.unwrap_or_else(|_| {
            let number = delivery.entry.number;
            tracing::error!(number, destination = delivery.entry.to.kind.as_str(), "a connector panicked");
            DeliveryOutcome::Retry(PANICKED.to_owned(), None)
        })
    }
}

/// Delivers the effects of the outbox.
#[derive(Clone)]
pub struct DeliveryWorker {
    pub clock: Arc<dyn Clock>,
    /// The outbox, for the next due instant.
    pub store: Arc<dyn Store>,
    /// The writer that claims and records.
    pub writer: Writer,
    pub connectors: Connectors,
    /// Notified when the clock was set.
    pub wake: Arc<Notify>,
}

impl DeliveryWorker {
    /// Runs until the writer is gone.
    pub async fn run(self) {
        let mut changes = self.writer.watch();
        let mut attempts = RunningAttempts::default();
        loop {
            let sleep = match self.send_due(&mut attempts).await {
                Ok(sleep) => sleep,
                Err(CommitError::Stopping) => return,
                Err(error) => {
                    tracing::warn!(%error, "the outbox could not be read; trying again");
                    PAUSE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                () = self.wake.notified() => {}
                () = attempts.next_end() => {}
                result = changed(&mut changes, &Notice::Outbox) => if result.is_err() {
                    return;
                },
            }
        }
    }

    /// Starts an attempt for every due delivery within the limit; returns the time until the next one is due.
    async fn send_due(&self, attempts: &mut RunningAttempts) -> Result<Duration, CommitError> {
        loop {
            let room = MOST.saturating_sub(attempts.len());
            if room == 0 {
                // The end of an attempt wakes this worker.
                return Ok(Duration::from_millis(MAX_SLEEP.0.unsigned_abs()));
            }
            let worker = self.clone();
            let next = run_blocking(move || worker.next()).await?;
            let wait = next.map_or(MAX_SLEEP, |due| due - self.clock.now());
            if wait > Millis(0) {
                return Ok(Duration::from_millis(u64::try_from(wait.clamp(Millis(1), MAX_SLEEP).0).unwrap_or(1)));
            }
            let (now, running) = (self.clock.now(), attempts.running());
            let claimed = self.writer.commit(ClaimDeliveries { now, limit: room, running }).await?;
            if claimed.is_empty() {
                // Another server claimed them first, or they are under way here.
                return Ok(SETTLE);
            }
            for delivery in claimed {
                let attempt = (delivery.entry.number, delivery.entry.attempts);
                attempts.spawn(attempt, self.clone().deliver(delivery));
            }
        }
    }

    /// The instant of the next possible claim, for any destination.
    fn next(&self) -> Result<Option<Millis>, StoreError> {
        let (mut next, now) = (None, self.clock.now());
        self.store.read(&mut |view| {
            next = next_of_all(view, now)?;
            Ok(())
        })?;
        Ok(next)
    }

    async fn deliver(self, delivery: Delivery) {
        let outcome = self.connectors.deliver(&delivery).await;
        measures::attempted(&outcome);
        let Delivery { entry, .. } = delivery;
        let wait = wait(entry.attempts, &outcome);
        let complete = CompleteAttempt { entry, outcome, wait, now: self.clock.now() };
        loop {
            match self.writer.commit(complete.clone()).await {
                Ok(Some(Completion::Parked)) => return warn_parked(&complete.entry),
                Ok(_) | Err(CommitError::Stopping) => return,
                // An arrived delivery without a record would be sent again: after the end of its claim by another
                // server.
                Err(error) => tracing::warn!(%error, "the end of a delivery could not be recorded; trying again"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

fn warn_parked(entry: &OutboxEntry) {
    let OutboxEntry { number, attempts, to, .. } = entry;
    let destination = to.kind.as_str();
    tracing::warn!(number, attempts, destination, "a delivery was given up; it is kept until a person sends it again");
}

fn next_of_all(view: &dyn View, now: Millis) -> Result<Option<Millis>, StoreError> {
    let mut next = None;
    for endpoint in view.endpoints(None)?.into_iter().filter(|endpoint| endpoint.is_active) {
        let summary = view.due_summary(endpoint.destination)?;
        let waiting = summary.next_waiting.filter(|_| summary.under_way < AT_ONCE);
        for due in waiting.into_iter().chain(summary.next_claim_end) {
            let due = if is_due(due, now) { now } else { due };
            next = Some(next.map_or(due, |next: Millis| next.min(due)));
        }
    }
    Ok(next)
}

/// The delay after an attempt: the one that the destination asked for, and at least the backoff, which doubles with
/// each attempt, further where it asked for none.
fn wait(attempts: u32, outcome: &DeliveryOutcome) -> Millis {
    let longest = if matches!(outcome, DeliveryOutcome::Retry(_, Some(_))) { LONGEST_BESIDE } else { LONGEST_WAIT };
    let waits = ExponentialBuilder::default().with_min_delay(FIRST_WAIT).with_max_delay(longest);
    let mut waits = waits.with_jitter().without_max_times().build();
    let ours = waits.nth(attempts.saturating_sub(1) as usize).unwrap_or(longest);
    let ours = Millis(i64::try_from(ours.as_millis()).unwrap_or(i64::MAX));
    match outcome {
        DeliveryOutcome::Retry(_, Some(asked)) => ours.max(*asked.min(&LONGEST_ASKED) + CORRECTION),
        _ => ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_and_ends_early_where_the_destination_names_its_own() {
        let after = |attempts, asked| wait(attempts, &DeliveryOutcome::Retry(String::new(), asked)).0;
        let within = |wait: i64, seconds: i64| (1_000 * seconds..=2_000 * seconds).contains(&wait);
        for (attempts, seconds) in [(1, 2), (2, 4), (6, 64), (30, 3_600)] {
            assert!(within(after(attempts, None), seconds), "{attempts}");
        }
        for (attempts, seconds) in [(1, 2), (2, 4), (6, 30), (30, 30)] {
            assert!(within(after(attempts, Some(Millis(0))), seconds), "{attempts}");
        }
        assert_eq!(after(30, Some(Millis(90_000))), 91_000, "what is asked for is kept");
        assert_eq!(after(1, Some(Millis::days(2))), LONGEST_ASKED.0 + CORRECTION.0);
    }
}
