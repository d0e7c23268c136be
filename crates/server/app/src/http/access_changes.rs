//! Changes of permissions, for long-lived connections.

use knock_engine::Notice;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::{Interval, MissedTickBehavior};

/// The interval of checks of a connection without a change: sessions and tokens also expire by the clock.
const INTERVAL: Duration = Duration::from_secs(3_600);

/// Notifies connections of changes of members, sessions or keys.
#[derive(Clone, Default)]
pub(crate) struct AccessChanges {
    changed: Arc<watch::Sender<()>>,
    clock_moved: Arc<watch::Sender<()>>,
}

impl AccessChanges {
    /// Forwards commits that change access until the store ends.
    pub(crate) async fn run(self, mut notices: broadcast::Receiver<Arc<[Notice]>>) {
        loop {
            match notices.recv().await {
                Ok(changes) if !changes.contains(&Notice::Access) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => self.changed.send_replace(()),
                Err(RecvError::Closed) => return,
            }
        }
    }

    /// Lets all connections check their access, after the test clock was set.
    pub(super) fn check_now(&self) {
        self.changed.send_replace(());
        self.clock_moved.send_replace(());
    }

    /// The instants at which a new connection of a member or program has to verify its access.
    pub(super) fn checks(&self) -> Checks {
        Checks::new(self.changed.subscribe())
    }

    /// The access checks of a visitor's connection: there are many, and no change of the team concerns them.
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
        // The first tick would be due at once.
        hourly.reset();
        Checks { changes, hourly }
    }

    /// Waits until a check is due.
    pub(super) async fn due(&mut self) {
        tokio::select! {
            changed = self.changes.changed() => if changed.is_err() {
                // The server is stopping, which is reported elsewhere.
                std::future::pending().await
            },
            _ = self.hourly.tick() => {}
        }
    }
}
