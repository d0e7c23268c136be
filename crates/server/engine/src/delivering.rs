//! The delivery worker: takes from the outbox what is due, has it carried, and notes how that ended.

use crate::aside::aside;
use crate::commands::outbox::{AT_ONCE, is_due};
use crate::commands::{ClaimDeliveries, SettleDelivery};
use crate::measures;
use crate::notice::{Notice, SETTLE, changed};
use crate::writer::{CommitError, Writer};
use backon::{BackoffBuilder, ExponentialBuilder};
use knock_model::Millis;
use knock_ports::{Clock, Courier, Delivery, Settled, Store, StoreError, Verdict, View, Webhook};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// The longest sleep: a wall clock that was set forward is noticed within it.
const NAP: Millis = Millis(10_000);
/// Attempts of this server at once, whatever the address.
const MOST: usize = 32;
/// The first wait after a failure, before chance makes it up to twice as long; each is twice the one before.
const FIRST_WAIT: Duration = Duration::from_secs(2);
/// The longest wait that is ours to choose.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);
/// The longest wait that an address can ask for.
const LONGEST_ASKED: Millis = Millis(12 * 3_600_000);
/// How long after the store refused it something is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// Delivers what is in the outbox.
#[derive(Clone)]
pub struct DeliveryWorker {
    /// The wall clock.
    pub clock: Arc<dyn Clock>,
    /// The outbox, to look when something is due.
    pub store: Arc<dyn Store>,
    /// The way to claim and to note.
    pub writer: Writer,
    /// Who carries.
    pub courier: Arc<dyn Courier>,
    /// Rung when the clock was set.
    pub bell: Arc<Notify>,
}

impl DeliveryWorker {
    /// Works until the writer is gone.
    pub async fn run(self) {
        let mut changes = self.writer.watch();
        let mut under_way = JoinSet::new();
        loop {
            let nap = match self.send_due(&mut under_way).await {
                Ok(nap) => nap,
                Err(CommitError::Stopping) => return,
                Err(error) => {
                    tracing::warn!(%error, "the outbox could not be read; trying again");
                    PAUSE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(nap) => {}
                () = self.bell.notified() => {}
                Some(_) = under_way.join_next() => {}
                told = changed(&mut changes, &Notice::Outbox) => if told.is_err() {
                    return;
                },
            }
        }
    }

    /// Begins an attempt at all that is due and has room; how long until something is due then.
    async fn send_due(&self, under_way: &mut JoinSet<()>) -> Result<Duration, CommitError> {
        loop {
            let room = MOST.saturating_sub(under_way.len());
            if room == 0 {
                // The end of one of them wakes.
                return Ok(Duration::from_millis(NAP.0.unsigned_abs()));
            }
            let worker = self.clone();
            let next = aside(move || worker.next()).await?;
            let wait = next.map_or(NAP, |due| due - self.clock.now());
            if wait > Millis(0) {
                return Ok(Duration::from_millis(u64::try_from(wait.clamp(Millis(1), NAP).0).unwrap_or(1)));
            }
            let claimed = self.writer.commit(ClaimDeliveries { now: self.clock.now(), limit: room }).await?;
            if claimed.is_empty() {
                // Another server was quicker.
                return Ok(SETTLE);
            }
            for (webhook, delivery) in claimed {
                under_way.spawn(self.clone().deliver(webhook, delivery));
            }
        }
    }

    /// When the next claim can be made, of any webhook.
    fn next(&self) -> Result<Option<Millis>, StoreError> {
        let (mut next, now) = (None, self.clock.now());
        self.store.read(&mut |view| {
            next = next_of_all(view, now)?;
            Ok(())
        })?;
        Ok(next)
    }

    async fn deliver(self, webhook: Webhook, delivery: Delivery) {
        let verdict = self.courier.carry(webhook, delivery.clone()).await;
        measures::attempted(&verdict);
        let wait = wait(delivery.attempts, &verdict);
        let settle = SettleDelivery { delivery, verdict, wait, now: self.clock.now() };
        loop {
            match self.writer.commit(settle.clone()).await {
                Ok(Some(Settled::Parked)) => {
                    let (number, attempts) = (settle.delivery.number, settle.delivery.attempts);
                    tracing::warn!(
                        number,
                        attempts,
                        "a delivery was given up; it is kept until a person sends it again"
                    );
                    return;
                }
                Ok(_) | Err(CommitError::Stopping) => return,
                // Unnoted, it would be sent again though it arrived; past its claim it is somebody else's.
                Err(error) => tracing::warn!(%error, "the end of a delivery could not be noted; trying again"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

fn next_of_all(view: &dyn View, now: Millis) -> Result<Option<Millis>, StoreError> {
    let mut next = None;
    for webhook in view.webhooks()?.into_iter().filter(|webhook| webhook.is_active) {
        let outlook = view.find_outlook(webhook.id)?;
        let waiting = outlook.next_waiting.filter(|_| outlook.under_way < AT_ONCE);
        for due in waiting.into_iter().chain(outlook.next_claim_end) {
            let due = if is_due(due, now) { now } else { due };
            next = Some(next.map_or(due, |next: Millis| next.min(due)));
        }
    }
    Ok(next)
}

/// How long to wait after an attempt: what the address asked for, at least what doubles from attempt to attempt.
fn wait(attempts: u32, verdict: &Verdict) -> Millis {
    let waits = ExponentialBuilder::default().with_min_delay(FIRST_WAIT).with_max_delay(LONGEST_WAIT);
    let mut waits = waits.with_jitter().without_max_times().build();
    let ours = waits.nth(attempts.saturating_sub(1) as usize).unwrap_or(LONGEST_WAIT);
    let ours = Millis(i64::try_from(ours.as_millis()).unwrap_or(i64::MAX));
    match verdict {
        Verdict::Later(_, Some(asked)) => ours.max(*asked.min(&LONGEST_ASKED)),
        _ => ours,
    }
}
