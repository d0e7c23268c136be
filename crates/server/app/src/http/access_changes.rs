//! Changes of who may do what, for connections that last.

use knock_engine::Notice;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::{Interval, MissedTickBehavior};

/// Without a change it is looked this often whether a connection may last: sessions and tokens end by the clock, too.
const INTERVAL: Duration = Duration::from_secs(3_600);

/// Says when members, sessions or keys have changed.
#[derive(Clone, Default)]
pub(crate) struct AccessChanges {
    changed: Arc<watch::Sender<()>>,
    clock_moved: Arc<watch::Sender<()>>,
}

impl AccessChanges {
    /// Passes on commits that change access, as long as there are any.
    pub(crate) async fn run(self, mut notices: broadcast::Receiver<Arc<[Notice]>>) {
        loop {
            match notices.recv().await {
                Ok(changes) if !changes.contains(&Notice::Access) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => self.changed.send_replace(()),
                Err(RecvError::Closed) => return,
            }
        }
    }

    /// The test clock was set: all connections look whether they may last.
    pub(super) fn check_now(&self) {
        self.changed.send_replace(());
        self.clock_moved.send_replace(());
    }

    /// The instants at which a new connection of a member or program has to verify its access.
    pub(super) fn checks(&self) -> Checks {
        Checks::new(self.changed.subscribe())
    }

    /// The same for a visitor's connection: there are many, and no change of the team concerns them.
    pub(super) fn hourly_checks(&self) -> Checks {
        Checks::new(self.clock_moved.subscribe())
    }
}

/// The instants at which a connection has to verify its access.
pub(super) struct Checks {
    changes: watch::Receiver<()>,
    hourly: Interval,
}

impl Checks {
    fn new(changes: watch::Receiver<()>) -> Checks {
        let mut hourly = tokio::time::interval(INTERVAL);
        hourly.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first one is due at once.
        hourly.reset();
        Checks { changes, hourly }
    }

    /// Waits until it is due.
    pub(super) async fn due(&mut self) {
        tokio::select! {
            changed = self.changes.changed() => if changed.is_err() {
                // The server is stopping, which is said elsewhere.
                std::future::pending().await
            },
            _ = self.hourly.tick() => {}
        }
    }
}
