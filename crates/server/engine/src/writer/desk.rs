//! The writer thread: takes all that wait, runs them in one transaction, and lets the teller answer them.

use super::After;
use super::backlog::{Backlog, Burst};
use super::command::Job;
use super::draft::Replay;
use super::teller::Written;
use super::trying::Trying;
use knock_ports::{Store, StoreError};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError};
use std::time::Duration;
use tokio::time::Instant;

/// Commands in one transaction at most.
const GROUP: usize = 512;
/// Batches of the backlog in one transaction: who asks meanwhile waits for no more than these.
const SLICE: usize = 24;
/// So long a burst goes on after many waited at once: who is answered needs a moment to come again.
const BURST: Duration = Duration::from_millis(250);
/// Unless nobody comes for so long.
const LULL: Duration = Duration::from_millis(20);

/// What others see of the desk.
#[derive(Default)]
pub(super) struct Shown {
    /// Commands in the queue.
    pub(super) waiting: AtomicUsize,
    /// Signals that are put off.
    pub(super) backlog: AtomicU64,
    pub(super) trying: Trying,
}

/// How the writer thread works.
#[derive(Clone, Copy)]
pub(crate) struct How {
    /// When signals are put off.
    pub(crate) burst: Burst,
    /// What does them later.
    pub(crate) replay: Replay,
}

/// Where the writer thread works.
pub(super) struct Desk<'d> {
    pub(super) store: &'d dyn Store,
    pub(super) teller: SyncSender<Written>,
    burst: Burst,
    pub(super) shown: &'d Shown,
    pub(super) backlog: Backlog,
    pub(super) replay: Replay,
    /// Commands that wait until nothing is put off.
    held: Vec<Box<dyn Job>>,
    /// When the burst ends, if there is one.
    ends: Option<Instant>,
}

impl<'d> Desk<'d> {
    pub(super) fn new(store: &'d dyn Store, teller: SyncSender<Written>, how: How, shown: &'d Shown) -> Desk<'d> {
        let How { burst, replay } = how;
        Desk { store, teller, burst, shown, backlog: Backlog::default(), replay, held: Vec::new(), ends: None }
    }

    /// Works until nobody can ask any more; what is put off by then is done after the next start.
    ///
    /// # Errors
    /// When the disk failed: then nothing that is written later can be believed.
    pub(super) fn work(mut self, waiting: &Receiver<Box<dyn Job>>) -> Result<(), StoreError> {
        self.load();
        loop {
            let Some(mut group) = self.next_group(waiting) else { return Ok(()) };
            if group.is_empty() {
                self.ends = None;
                self.catch_up()?;
                continue;
            }
            if self.burst.from > 0 && group.len() >= self.burst.from {
                self.ends = Some(Instant::now() + BURST);
            }
            // What is put off beside such a command would not be done before it.
            if self.is_burst() || !self.backlog.is_empty() {
                self.held.extend(group.extract_if(.., |job| job.after() == After::All));
            }
            let is_burst = self.is_burst();
            self.commit_group(group, is_burst)?;
            let is_something_left = !self.backlog.is_empty() || !self.held.is_empty();
            if is_something_left && !is_burst {
                // Who waits for the last of it must not wait until nobody else asks.
                self.catch_up()?;
            }
        }
    }

    fn load(&mut self) {
        let loaded = self.store.read(&mut |view| {
            self.backlog = Backlog::load(view)?;
            Ok(())
        });
        if let Err(error) = loaded {
            tracing::error!(%error, "what was put off before cannot be read; the next start tries again");
        }
        self.show();
    }

    fn is_burst(&self) -> bool {
        let is_now = self.ends.is_some_and(|ends| Instant::now() < ends);
        is_now && self.held.is_empty() && self.backlog.has_room(self.burst.most)
    }

    /// All that wait now; nothing when there is something put off to be done instead. None at the end.
    fn next_group(&self, waiting: &Receiver<Box<dyn Job>>) -> Option<Vec<Box<dyn Job>>> {
        let first = if self.backlog.is_empty() && self.held.is_empty() {
            if self.shown.waiting.load(Ordering::Relaxed) == 0 {
                self.shown.trying.rest();
            }
            Some(waiting.recv().ok()?)
        } else if self.is_burst() {
            match waiting.recv_timeout(LULL) {
                Ok(job) => Some(job),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        } else {
            match waiting.try_recv() {
                Ok(job) => Some(job),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => return None,
            }
        };
        let mut group: Vec<_> = first.into_iter().collect();
        group.extend(waiting.try_iter().take(GROUP - group.len()));
        self.shown.waiting.fetch_sub(group.len(), Ordering::Relaxed);
        Some(group)
    }

    /// Does a piece of what was put off, and then what waited for the last of it.
    fn catch_up(&mut self) -> Result<(), StoreError> {
        if !self.backlog.is_empty() {
            self.slice(&self.backlog.oldest(SLICE))?;
        }
        if self.backlog.is_empty() {
            let held = std::mem::take(&mut self.held);
            self.commit_group(held, false)?;
        }
        Ok(())
    }

    /// Tells others how many signals wait.
    pub(super) fn show(&self) {
        self.shown.backlog.store(self.backlog.signals(), Ordering::Relaxed);
    }
}
