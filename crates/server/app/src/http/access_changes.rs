//! Changes of who may do what, for requests that last.

use knock_engine::Notice;
use std::sync::Arc;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// Tells that members, sessions or keys have changed.
#[derive(Clone, Default)]
pub(crate) struct AccessChanges(Arc<watch::Sender<()>>);

impl AccessChanges {
    /// Tells of commits that change access, as long as there are any.
    pub(crate) async fn run(self, mut notices: broadcast::Receiver<Arc<[Notice]>>) {
        loop {
            match notices.recv().await {
                Ok(changes) if !changes.contains(&Notice::Access) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => self.0.send_replace(()),
                Err(RecvError::Closed) => return,
            }
        }
    }

    /// Changes from now on.
    pub(super) fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}
