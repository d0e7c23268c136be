//! The one way to write: commands, many in one transaction, answered when durable.

use crate::notice::Notice;
use crate::told;
use knock_ports::{Coming, Ledger, Store, StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tokio::sync::{broadcast, mpsc, oneshot, watch};

/// Commands that may wait; past that the caller is told to come back later.
const QUEUE: usize = 4_096;
/// Commands in one transaction at most.
const GROUP: usize = 512;

/// A change to be made. Running it again after a failed transaction must be safe.
pub trait Command: Send + 'static {
    /// What the caller is told.
    type Outcome: Send + 'static;

    /// Reads what it needs, decides, and writes; notes what changed.
    ///
    /// # Errors
    /// When the store fails; then nothing of it is kept.
    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<Self::Outcome, StoreError>;

    /// The signals it will store, when that is what it is for: a store far away reads ahead what it will ask.
    fn coming(&self) -> Option<Coming<'_>> {
        None
    }
}

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
}

impl Writer {
    /// Starts the writer thread on a store.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(store: Arc<dyn Store>) -> std::io::Result<(Writer, std::thread::JoinHandle<()>)> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (notices, _) = broadcast::channel(1_024);
        let (fail, failure) = watch::channel(None);
        let told = notices.clone();
        let work = move || {
            if let Err(error) = run(&*store, waiting, &told) {
                fail.send_replace(Some(error.to_string()));
            }
        };
        let thread = std::thread::Builder::new().name("writer".into()).spawn(work)?;
        Ok((Writer { queue, notices, failure }, thread))
    }

    /// Does a command; when this returns `Ok`, it is on the disk.
    ///
    /// # Errors
    /// See [`CommitError`].
    pub async fn commit<C: Command>(&self, command: C) -> Result<C::Outcome, CommitError> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Pending { command, outcome: None, reply: Some(reply) });
        self.queue.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => CommitError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => CommitError::Stopping,
        })?;
        answer.await.map_err(|_| CommitError::Stopping)?
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

    /// All that commits change from now on.
    pub fn watch(&self) -> broadcast::Receiver<Arc<[Notice]>> {
        self.notices.subscribe()
    }
}

/// A command of any kind with its caller.
trait Job: Send {
    fn run(&mut self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError>;
    fn coming(&self) -> Option<Coming<'_>>;
    fn answer(&mut self, done: Result<(), StoreError>);
}

struct Pending<C: Command> {
    command: C,
    outcome: Option<C::Outcome>,
    reply: Option<oneshot::Sender<Result<C::Outcome, CommitError>>>,
}

impl<C: Command> Job for Pending<C> {
    fn run(&mut self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
        self.outcome = Some(self.command.run(ledger, notices)?);
        Ok(())
    }

    fn coming(&self) -> Option<Coming<'_>> {
        self.command.coming()
    }

    fn answer(&mut self, done: Result<(), StoreError>) {
        let outcome = match done {
            Ok(()) => self.outcome.take().ok_or(CommitError::Stopping),
            Err(error) => Err(error.into()),
        };
        if let Some(reply) = self.reply.take() {
            // A caller that went away no longer wants to know.
            drop(reply.send(outcome));
        }
    }
}

/// Works until nobody can ask any more, or until the disk failed: then nothing that is written later can be believed.
fn run(
    store: &dyn Store,
    mut waiting: mpsc::Receiver<Box<dyn Job>>,
    notices: &broadcast::Sender<Arc<[Notice]>>,
) -> Result<(), StoreError> {
    while let Some(first) = waiting.blocking_recv() {
        let mut group = vec![first];
        while group.len() < GROUP {
            match waiting.try_recv() {
                Ok(job) => group.push(job),
                Err(_) => break,
            }
        }
        commit_group(store, &mut group, notices)?;
    }
    Ok(())
}

/// One transaction for all; when that fails for one of them, halves, so that a bad one spoils no other.
///
/// # Errors
/// When the disk did not keep what was written. Those not answered by then are told that the server stops.
fn commit_group(
    store: &dyn Store,
    group: &mut [Box<dyn Job>],
    notices: &broadcast::Sender<Arc<[Notice]>>,
) -> Result<(), StoreError> {
    let mut done = commit(store, group, notices);
    if matches!(done, Err(StoreError::Busy)) {
        done = commit(store, group, notices);
    }
    match done {
        Ok(()) => group.iter_mut().for_each(|job| job.answer(Ok(()))),
        // A disk that is asked again may say yes to what it has dropped.
        Err(error @ StoreError::Unsynced(_)) => return Err(error),
        // It is not for what they are that they were not stored: none of them would be.
        Err(StoreError::Full) => group.iter_mut().for_each(|job| job.answer(Err(StoreError::Full))),
        Err(StoreError::Busy) => group.iter_mut().for_each(|job| job.answer(Err(StoreError::Busy))),
        Err(error) => match group {
            [bad] => {
                tracing::warn!(%error, "a change was not stored");
                bad.answer(Err(error));
            }
            several => {
                let (some, others) = several.split_at_mut(several.len() / 2);
                commit_group(store, some, notices)?;
                commit_group(store, others, notices)?;
            }
        },
    }
    Ok(())
}

fn commit(
    store: &dyn Store,
    group: &mut [Box<dyn Job>],
    watchers: &broadcast::Sender<Arc<[Notice]>>,
) -> Result<(), StoreError> {
    let mut notices = Vec::new();
    // A bug in one command must not end all writing; the store rolls back what it had begun.
    let written = catch_unwind(AssertUnwindSafe(|| {
        store.write(&mut |ledger| {
            notices.clear();
            ledger.expect(&group.iter().filter_map(|job| job.coming()).collect::<Vec<_>>());
            group.iter_mut().try_for_each(|job| job.run(ledger, &mut notices))?;
            if !notices.is_empty() {
                ledger.tell(&|| told::to_text(&notices));
            }
            Ok(())
        })
    }));
    written.unwrap_or_else(|_| Err(StoreError::Broken("a command panicked".into())))?;
    if !notices.is_empty() {
        // Nobody watching is fine.
        drop(watchers.send(notices.into()));
    }
    Ok(())
}
