//! The writer thread: takes all that wait, runs them in one transaction, and answers each when the disk has it.

use super::backlog::{Backlog, Burst};
use super::command::Job;
use super::{After, Notice};
use knock_ports::{Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::broadcast;
use tokio::sync::mpsc::Receiver;
use tokio::sync::mpsc::error::TryRecvError;

/// Commands in one transaction at most.
const GROUP: usize = 512;
/// Batches of the backlog in one transaction: who asks meanwhile waits for no more than these.
const SLICE: usize = 24;
/// A burst is over when only this part waits of those that begin one.
const LULL: usize = 8;
/// Where the writer thread works.
pub(super) struct Desk<'d> {
    pub(super) store: &'d dyn Store,
    pub(super) notices: &'d broadcast::Sender<Arc<[Notice]>>,
    burst: Burst,
    /// How many signals wait, for others to see.
    shown: &'d AtomicU64,
    pub(super) backlog: Backlog,
    /// Commands that wait until nothing is put off.
    held: Vec<Box<dyn Job>>,
    is_burst: bool,
}

impl<'d> Desk<'d> {
    pub(super) fn new(
        store: &'d dyn Store,
        notices: &'d broadcast::Sender<Arc<[Notice]>>,
        burst: Burst,
        shown: &'d AtomicU64,
    ) -> Desk<'d> {
        Desk { store, notices, burst, shown, backlog: Backlog::default(), held: Vec::new(), is_burst: false }
    }

    /// Works until nobody can ask any more; what is put off by then is done after the next start.
    ///
    /// # Errors
    /// When the disk failed: then nothing that is written later can be believed.
    pub(super) fn work(mut self, mut waiting: Receiver<Box<dyn Job>>) -> Result<(), StoreError> {
        self.load();
        loop {
            let Some(mut group) = self.next_group(&mut waiting) else { return Ok(()) };
            if group.is_empty() {
                self.catch_up()?;
                continue;
            }
            let is_burst = self.is_burst(group.len());
            // What is put off beside such a command would not be done before it.
            if is_burst || !self.backlog.is_empty() {
                self.held.extend(group.extract_if(.., |job| job.after() == After::All));
            }
            self.is_burst = is_burst && self.held.is_empty();
            self.commit_group(&mut group, self.is_burst)?;
            let is_something_left = !self.backlog.is_empty() || !self.held.is_empty();
            if is_something_left && !self.is_burst {
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

    /// A burst goes on until nearly nobody waits: putting off is quick, so fewer wait in it.
    fn is_burst(&self, waiting: usize) -> bool {
        let from = if self.is_burst { self.burst.from.div_ceil(LULL) } else { self.burst.from };
        self.burst.from > 0 && waiting >= from && self.held.is_empty() && self.backlog.signals() < self.burst.most
    }

    /// All that wait now; nothing when there is something put off to be done instead. None at the end.
    fn next_group(&self, waiting: &mut Receiver<Box<dyn Job>>) -> Option<Vec<Box<dyn Job>>> {
        let mut group = Vec::new();
        if self.backlog.is_empty() {
            group.push(waiting.blocking_recv()?);
        }
        while group.len() < GROUP {
            match waiting.try_recv() {
                Ok(job) => group.push(job),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) if group.is_empty() => return None,
                Err(TryRecvError::Disconnected) => break,
            }
        }
        Some(group)
    }

    /// Does a piece of what was put off, and then what waited for the last of it.
    fn catch_up(&mut self) -> Result<(), StoreError> {
        if !self.backlog.is_empty() {
            self.slice(&self.backlog.oldest(SLICE))?;
        }
        if self.backlog.is_empty() {
            let mut held = std::mem::take(&mut self.held);
            self.commit_group(&mut held, false)?;
        }
        Ok(())
    }

    /// Tells others how many signals wait.
    pub(super) fn show(&self) {
        self.shown.store(self.backlog.signals(), Ordering::Relaxed);
    }
}
