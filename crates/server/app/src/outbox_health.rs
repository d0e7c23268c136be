//! The health of the outbox: which kinds of destinations get nothing, shown by `/readyz`, `/metrics` and the dashboard.

use crate::hold::Hold;
use knock_model::{DestinationKind, Millis};
use knock_ports::{Clock, OutboxDelay, Store};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The interval between measurements.
const INTERVAL: Duration = Duration::from_secs(5);
/// The age from which a waiting delivery is late. Retries after a short outage take less.
const LATE: Millis = Millis(15 * Millis::MINUTE.0);

/// The trouble of one kind of destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) kind: DestinationKind,
    /// The instant of storage of the oldest delivery that waits, if it is late.
    pub(crate) late_since: Option<Millis>,
    /// Whether the connector panicked at its last attempt at a delivery.
    pub(crate) has_panicked: bool,
}

/// Measures the delays of the outbox.
pub(crate) struct OutboxHealth {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    hold: Hold,
    troubles: Mutex<Vec<Trouble>>,
}

impl OutboxHealth {
    pub(crate) fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, hold: Hold) -> OutboxHealth {
        OutboxHealth { store, clock, hold, troubles: Mutex::default() }
    }

    /// The troubles at the last measurement; none on a held copy, whose deliveries wait on purpose.
    pub(crate) fn troubles(&self) -> Vec<Trouble> {
        if self.hold.is_held() {
            return Vec::new();
        }
        self.troubles.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Measures periodically until the server ends.
    pub(crate) async fn run(self: Arc<OutboxHealth>) {
        loop {
            let health = Arc::clone(&self);
            // What cannot be measured now stays as it was.
            drop(tokio::task::spawn_blocking(move || health.measure()).await);
            tokio::time::sleep(INTERVAL).await;
        }
    }

    pub(crate) fn measure(&self) {
        let (now, mut delays) = (self.clock.now(), Vec::new());
        let read = self.store.read(&mut |view| {
            delays = view.outbox_delays(now)?;
            Ok(())
        });
        if read.is_err() {
            return;
        }
        for (kind, delay) in &delays {
            let oldest = delay.oldest.map_or(0.0, |at| (now - at).0.max(0) as f64 / 1_000.0);
            metrics::gauge!("knock_outbox_oldest_seconds", "destination" => kind.as_str()).set(oldest);
            metrics::gauge!("knock_outbox_panicked", "destination" => kind.as_str()).set(delay.panicked as f64);
        }
        let found = delays.into_iter().filter_map(|(kind, delay)| trouble(kind, delay, now)).collect();
        *self.troubles.lock().unwrap_or_else(PoisonError::into_inner) = found;
    }
}

fn trouble(kind: DestinationKind, delay: OutboxDelay, now: Millis) -> Option<Trouble> {
    let late_since = delay.oldest.filter(|at| *at + LATE <= now);
    let has_panicked = delay.panicked > 0;
    (late_since.is_some() || has_panicked).then_some(Trouble { kind, late_since, has_panicked })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_late_after_a_quarter_of_an_hour_and_a_panic_is_trouble_at_once() {
        let (kind, start) = (DestinationKind::Slack, Millis(1_780_315_200_000));
        let of = |oldest, panicked, now| trouble(kind, OutboxDelay { oldest, panicked }, now);
        assert_eq!(of(None, 0, start), None);
        assert_eq!(of(Some(start), 0, start + LATE - Millis(1)), None);
        let late = Trouble { kind, late_since: Some(start), has_panicked: false };
        assert_eq!(of(Some(start), 0, start + LATE), Some(late));
        assert_eq!(of(Some(start), 1, start), Some(Trouble { kind, late_since: None, has_panicked: true }));
    }
}
