//! The hold on a copy of a workspace: nothing is sent from it before a person releases it.

use std::sync::Arc;
use tokio::sync::{Mutex, MutexGuard, watch};

/// Whether this server sends. What is to be sent waits in the outbox meanwhile.
#[derive(Clone)]
pub(crate) struct Hold {
    is_held: watch::Sender<bool>,
    /// One release at a time: each marks the data directory.
    turn: Arc<Mutex<()>>,
}

impl Default for Hold {
    /// No hold.
    fn default() -> Hold {
        Hold { is_held: watch::Sender::new(false), turn: Arc::default() }
    }
}

impl Hold {
    pub(crate) fn is_held(&self) -> bool {
        *self.is_held.borrow()
    }

    /// Does this once the server sends.
    pub(crate) async fn then(self, work: impl Future<Output = ()>) {
        // The sender is here, so the wait ends only with the hold.
        drop(self.is_held.subscribe().wait_for(|is_held| !is_held).await);
        work.await;
    }

    /// Waits for the release under way, if there is one.
    pub(crate) async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    pub(crate) fn set(&self, is_held: bool) {
        self.is_held.send_replace(is_held);
        metrics::gauge!("knock_outbound_held").set(f64::from(u8::from(is_held)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[tokio::test]
    async fn work_waits_for_the_end_of_the_hold() {
        let (hold, has_run) = (Hold::default(), AtomicBool::new(false));
        hold.set(true);
        let work = hold.clone().then(async { has_run.store(true, Ordering::SeqCst) });
        let released = async {
            assert!(!has_run.load(Ordering::SeqCst), "it is held");
            hold.set(false);
        };
        tokio::join!(work, released);
        assert!(has_run.load(Ordering::SeqCst));
        let mut is_done = false;
        Hold::default().then(async { is_done = true }).await;
        assert!(is_done, "without a hold");
    }
}
