//! The one way to write: commands, many in one transaction, answered when durable.

mod ack_thread;
mod after;
mod backlog;
mod command;
mod draft;
mod late_notices;
mod stall_timer;
mod transaction;
mod writer_loop;

pub use after::After;
pub use backlog::Burst;
pub use command::Command;
pub(crate) use writer_loop::How;

use crate::notice::Notice;
use ack_thread::AckThread;
use command::{Job, Pending};
use knock_ports::{Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::time::Duration;
use tokio::sync::{broadcast, oneshot, watch};
use writer_loop::{Shown, WriterLoop};

/// The maximum of waiting commands; past that a command is refused as `Overloaded`.
const QUEUE: usize = 4_096;
/// Notices of commits that are kept for a slow watcher.
const NOTICES: usize = 1_024;
/// Transactions that may be committed before the disk has synced the first of them.
const AHEAD: usize = 2;

/// The reason for which a command was not executed. None of its changes was kept.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Too many commands are waiting.
    #[error("too many changes are waiting")]
    Overloaded,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the server is stopping")]
    Stopping,
}

/// The handle of the writer thread; the thread ends when the last handle is dropped.
#[derive(Clone)]
pub struct Writer {
    queue: SyncSender<Box<dyn Job>>,
    notices: broadcast::Sender<Arc<[Notice]>>,
    /// The channel of the watchers: that of the notices, unless these are late.
    watched: broadcast::Sender<Arc<[Notice]>>,
    failure: watch::Receiver<Option<String>>,
    shown: Arc<Shown>,
}

impl Writer {
    /// Starts the writer thread on a store; it runs each command in its turn.
    pub(crate) fn run(store: Arc<dyn Store>, how: How) -> std::io::Result<(Writer, std::thread::JoinHandle<()>)> {
        let (queue, waiting) = sync_channel(QUEUE);
        let (notices, _) = broadcast::channel(NOTICES);
        let (fail, failure) = watch::channel(None);
        let (sender, shown) = (notices.clone(), Arc::new(Shown::default()));
        let gauges = Arc::clone(&shown);
        let work = move || {
            // Keeps the first reason.
            let note = |done: Result<(), StoreError>| {
                fail.send_if_modified(|reason| {
                    let is_new = done.is_err() && reason.is_none();
                    *reason = reason.take().or(done.err().map(|error| error.to_string()));
                    is_new
                });
            };
            let (ack, written) = sync_channel(AHEAD);
            std::thread::scope(|scope| {
                let tell = || {
                    note(
                        AckThread {
                            store: &*store,
                            notices: &sender,
                            stall: &gauges.stall,
                            has_other_workflows: &gauges.has_other_workflows,
                        }
                        .work(written),
                    )
                };
                match std::thread::Builder::new().name("acknowledge".into()).spawn_scoped(scope, tell) {
                    Ok(_) => note(WriterLoop::new(&*store, ack, how, &gauges).work(&waiting)),
                    Err(error) => note(Err(StoreError::Broken(error.to_string()))),
                }
            });
        };
        let thread = std::thread::Builder::new().name("writer".into()).spawn(work)?;
        let watched = notices.clone();
        Ok((Writer { queue, notices, watched, failure, shown }, thread))
    }

    /// Runs a command; when this returns `Ok`, it is on the disk.
    ///
    /// # Errors
    /// See [`CommitError`].
    pub async fn commit<C: Command>(&self, command: C) -> Result<C::Outcome, CommitError> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Pending { command: Some(command), outcome: None, reply: Some(reply) });
        self.shown.waiting.fetch_add(1, Ordering::Relaxed);
        self.queue.try_send(job).map_err(|error| {
            self.shown.waiting.fetch_sub(1, Ordering::Relaxed);
            match error {
                TrySendError::Full(_) => CommitError::Overloaded,
                TrySendError::Disconnected(_) => CommitError::Stopping,
            }
        })?;
        answer.await.map_err(|_| CommitError::Stopping)?
    }

    /// The maximum of waiting commands.
    pub const CAPACITY: usize = QUEUE;

    /// The number of waiting commands.
    pub fn waiting(&self) -> usize {
        self.shown.waiting.load(Ordering::Relaxed)
    }

    /// The channel of notices as a weak sender, so that it closes when the writer is gone.
    pub(crate) fn watchers(&self) -> broadcast::WeakSender<Arc<[Notice]>> {
        self.notices.downgrade()
    }

    /// A switch by which the writer reads the workflows again: another server has changed them.
    pub(crate) fn workflows_switch(&self) -> impl Fn() + Send + 'static {
        let shown = Arc::downgrade(&self.shown);
        move || {
            if let Some(shown) = shown.upgrade() {
                shown.has_other_workflows.store(true, Ordering::Release);
            }
        }
    }

    /// Waits until no write is possible any more, and returns the reason; never returns while all is well.
    pub async fn failed(&self) -> String {
        let mut failure = self.failure.clone();
        let reason = failure.wait_for(Option::is_some).await.map(|reason| reason.clone());
        // This handle still exists, so without a reason the thread ended by a fault.
        reason.ok().flatten().unwrap_or_else(|| "the writer thread has ended".into())
    }

    /// The number of deferred signals.
    pub fn backlog(&self) -> u64 {
        self.shown.backlog.load(Ordering::Relaxed)
    }

    /// The time for which changes have been pending without one being stored.
    pub fn stuck_for(&self) -> Duration {
        self.shown.stall.lasts()
    }

    /// Subscribes to all notices of commits from now on.
    pub fn watch(&self) -> broadcast::Receiver<Arc<[Notice]>> {
        self.watched.subscribe()
    }

    /// The same writer with notices that are late, for tests; the future passes them on until the writer is gone.
    pub fn with_late_notices(self, delay: fn() -> Duration) -> (Writer, impl Future<Output = ()> + Send + 'static) {
        let (watched, _) = broadcast::channel(NOTICES);
        let relay = late_notices::relay(self.notices.subscribe(), watched.downgrade(), delay);
        (Writer { watched, ..self }, relay)
    }
}
