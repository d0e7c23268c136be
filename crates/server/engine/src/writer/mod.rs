//! The one way to write: commands, many in one transaction, answered when durable.

mod backlog;
mod command;
mod desk;
mod draft;
mod transaction;

pub use backlog::Burst;
pub use command::{After, Command};

use crate::notice::Notice;
use command::{Job, Pending};
use desk::Desk;
use knock_ports::{Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

/// Commands that may wait; past that the caller is told to come back later.
const QUEUE: usize = 4_096;

/// Why a command was not done. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Too many wait already.
    #[error("too many changes are waiting")]
    Overloaded,
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
}

/// The way to the writer thread; it ends when the last of these is dropped.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
    notices: broadcast::Sender<Arc<[Notice]>>,
    failure: watch::Receiver<Option<String>>,
    backlog: Arc<AtomicU64>,
}

impl Writer {
    /// Starts the writer thread on a store, which does each command when its turn comes.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(store: Arc<dyn Store>) -> std::io::Result<(Writer, std::thread::JoinHandle<()>)> {
        Writer::start_with(store, Burst::NEVER)
    }

    /// The same, with signals put off in a burst. Only where no other server writes to the store.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_with(store: Arc<dyn Store>, burst: Burst) -> std::io::Result<(Writer, std::thread::JoinHandle<()>)> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (notices, _) = broadcast::channel(1_024);
        let (fail, failure) = watch::channel(None);
        let (told, backlog) = (notices.clone(), Arc::new(AtomicU64::new(0)));
        let shown = Arc::clone(&backlog);
        let work = move || {
            if let Err(error) = Desk::new(&*store, &told, burst, &shown).work(waiting) {
                fail.send_replace(Some(error.to_string()));
            }
        };
        let thread = std::thread::Builder::new().name("writer".into()).spawn(work)?;
        Ok((Writer { queue, notices, failure, backlog }, thread))
    }

    /// Does a command; when this returns `Ok`, it is on the disk.
    ///
    /// # Errors
    /// See [`CommitError`].
    pub async fn commit<C: Command>(&self, command: C) -> Result<C::Outcome, CommitError> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Pending { command: Some(command), outcome: None, reply: Some(reply) });
        self.queue.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => CommitError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => CommitError::Stopping,
        })?;
        answer.await.map_err(|_| CommitError::Stopping)?
    }

    /// Commands that may wait.
    pub const CAPACITY: usize = QUEUE;

    /// Commands that wait now.
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Where those who watch are told, without keeping them waiting when the writer is gone.
    pub(crate) fn watchers(&self) -> broadcast::WeakSender<Arc<[Notice]>> {
        self.notices.downgrade()
    }

    /// Waits until nothing can be written any more, and says why; never returns while all is well.
    pub async fn failed(&self) -> String {
        let mut failure = self.failure.clone();
        let reason = failure.wait_for(Option::is_some).await.map(|reason| reason.clone());
        // We are one who could still ask: without a reason, the thread did not end of its own will.
        reason.ok().flatten().unwrap_or_else(|| "the writer thread has ended".into())
    }

    /// Signals that are kept and not summed up yet.
    pub fn backlog(&self) -> u64 {
        self.backlog.load(Ordering::Relaxed)
    }

    /// All that commits change from now on.
    pub fn watch(&self) -> broadcast::Receiver<Arc<[Notice]>> {
        self.notices.subscribe()
    }
}
