//! Starts the writer. The writer is generic over commands; deferred batches are always signals.

use crate::changes::Changes;
use crate::commands::replay;
use crate::workflows;
use crate::writer::{Burst, How, Writer};
use knock_ports::{DeferredBatch, Ledger, Store, StoreError};
use std::sync::Arc;
use std::thread::JoinHandle;

impl Writer {
    /// Starts the writer thread on a store; it runs each command in its turn.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(store: Arc<dyn Store>) -> std::io::Result<(Writer, JoinHandle<()>)> {
        Writer::start_with(store, Burst::NEVER)
    }

    /// Starts the writer thread with signals deferred in a burst. Only for a store without another server that writes.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_with(store: Arc<dyn Store>, burst: Burst) -> std::io::Result<(Writer, JoinHandle<()>)> {
        Writer::run(store, How { burst, replay: replay_whole, react: workflows::react })
    }
}

/// Replays a deferred batch, and does what follows from it.
fn replay_whole(ledger: &mut dyn Ledger, batch: DeferredBatch, changes: &mut Changes) -> Result<(), StoreError> {
    replay(ledger, batch, changes)?;
    workflows::react(ledger, changes)
}
