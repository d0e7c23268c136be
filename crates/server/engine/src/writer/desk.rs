//! The writer thread: takes all that wait, runs them in one transaction, and answers each when the disk has it.

use super::backlog::{Backlog, Burst, Draft};
use super::command::Job;
use super::{After, Notice};
use crate::{measures, told};
use knock_ports::{Ledger, Store, StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::mpsc::Receiver;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::time::Instant;

/// Commands in one transaction at most.
const GROUP: usize = 512;
/// Batches of the backlog in one transaction: who asks meanwhile waits for no more than these.
const SLICE: usize = 24;
/// How long after the store refused it the backlog is tried again.
const PAUSE: Duration = Duration::from_millis(100);

/// What is done in a transaction.
type Work<'w> = dyn FnMut(&mut dyn Ledger, &mut Draft<'_>, &mut Vec<Notice>) -> Result<(), StoreError> + 'w;

/// Where the writer thread works.
pub(super) struct Desk<'d> {
    store: &'d dyn Store,
    notices: &'d broadcast::Sender<Arc<[Notice]>>,
    burst: Burst,
    /// How many signals wait, for others to see.
    shown: &'d AtomicU64,
    backlog: Backlog,
    /// Commands that wait until nothing is put off.
    held: Vec<Box<dyn Job>>,
}

impl<'d> Desk<'d> {
    pub(super) fn new(
        store: &'d dyn Store,
        notices: &'d broadcast::Sender<Arc<[Notice]>>,
        burst: Burst,
        shown: &'d AtomicU64,
    ) -> Desk<'d> {
        Desk { store, notices, burst, shown, backlog: Backlog::default(), held: Vec::new() }
    }

    /// Works until nobody can ask any more; what is put off by then is done after the next start.
    ///
    /// # Errors
    /// When the disk failed: then nothing that is written later can be believed.
    pub(super) fn work(mut self, mut waiting: Receiver<Box<dyn Job>>) -> Result<(), StoreError> {
        self.load()?;
        loop {
            let Some(mut group) = self.next_group(&mut waiting) else { return Ok(()) };
            if group.is_empty() {
                self.catch_up()?;
                continue;
            }
            if !self.backlog.is_empty() {
                self.held.extend(group.extract_if(.., |job| job.after() == After::All));
            }
            let is_burst = self.burst.from > 0
                && group.len() >= self.burst.from
                && self.held.is_empty()
                && self.backlog.signals() < self.burst.most;
            self.commit_group(&mut group, is_burst)?;
            if !is_burst && !self.backlog.is_empty() {
                // Who waits for the last of it must not wait until nobody else asks.
                self.catch_up()?;
            }
        }
    }

    fn load(&mut self) -> Result<(), StoreError> {
        let mut backlog = Backlog::default();
        let loaded = self.store.write(&mut |ledger| {
            backlog = Backlog::load(ledger)?;
            Ok(())
        });
        match loaded {
            Err(error @ StoreError::Unsynced(_)) => return Err(error),
            Err(error) => tracing::error!(%error, "what was put off before cannot be read; the next start tries again"),
            Ok(()) => self.backlog = backlog,
        }
        self.show();
        Ok(())
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
        self.slice(&self.backlog.oldest(SLICE))?;
        if self.backlog.is_empty() {
            let mut held = std::mem::take(&mut self.held);
            self.commit_group(&mut held, false)?;
        }
        Ok(())
    }

    fn slice(&mut self, numbers: &[i64]) -> Result<(), StoreError> {
        match self.commit(numbers.len(), &mut |ledger, draft, notices| draft.catch_up(ledger, numbers, notices)) {
            Ok(()) => Ok(()),
            Err(error @ StoreError::Unsynced(_)) => Err(error),
            Err(StoreError::Full | StoreError::Busy) => {
                std::thread::sleep(PAUSE);
                Ok(())
            }
            Err(error) => match numbers {
                [bad] => {
                    tracing::error!(%error, number = bad, "signals that were put off cannot be done; they are kept");
                    self.backlog.leave(*bad);
                    Ok(())
                }
                several => {
                    let (some, others) = several.split_at(several.len() / 2);
                    self.slice(some)?;
                    self.slice(others)
                }
            },
        }
    }

    /// One transaction for all; when that fails for one of them, halves, so that a bad one spoils no other.
    ///
    /// # Errors
    /// When the disk did not keep what was written. Those not answered by then are told that the server stops.
    fn commit_group(&mut self, group: &mut [Box<dyn Job>], is_burst: bool) -> Result<(), StoreError> {
        if group.is_empty() {
            return Ok(());
        }
        let mut done = self.commit_jobs(group, is_burst);
        if matches!(done, Err(StoreError::Busy)) {
            done = self.commit_jobs(group, is_burst);
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
                    self.commit_group(some, is_burst)?;
                    self.commit_group(others, is_burst)?;
                }
            },
        }
        Ok(())
    }

    fn commit_jobs(&mut self, group: &mut [Box<dyn Job>], is_burst: bool) -> Result<(), StoreError> {
        self.commit(group.len(), &mut |ledger, draft, notices| {
            ledger.expect(&group.iter().filter_map(|job| job.coming()).collect::<Vec<_>>());
            group.iter_mut().try_for_each(|job| {
                if is_burst && job.put_off(ledger, draft)? {
                    return Ok(());
                }
                draft.before(ledger, job.after(), notices)?;
                job.run(ledger, notices)
            })
        })
    }

    /// One transaction of so many commands, or batches that were put off.
    fn commit(&mut self, commands: usize, work: &mut Work<'_>) -> Result<(), StoreError> {
        let (mut notices, mut changes) = (Vec::new(), None);
        let begun = Instant::now();
        // A bug in one command must not end all writing; the store rolls back what it had begun.
        let written = catch_unwind(AssertUnwindSafe(|| {
            self.store.write(&mut |ledger| {
                notices.clear();
                let mut draft = Draft::new(&self.backlog);
                work(ledger, &mut draft, &mut notices)?;
                changes = Some(draft.into_changes());
                if !notices.is_empty() {
                    ledger.tell(&|| told::to_text(&notices));
                }
                Ok(())
            })
        }));
        let written = written.unwrap_or_else(|_| Err(StoreError::Broken("a command panicked".into())));
        match &written {
            Ok(()) => measures::committed(commands, begun.elapsed()),
            Err(error) => measures::failed(error),
        }
        written?;
        self.backlog.apply(changes.unwrap_or_default());
        self.show();
        if !notices.is_empty() {
            // Nobody watching is fine.
            drop(self.notices.send(notices.into()));
        }
        Ok(())
    }

    fn show(&self) {
        self.shown.store(self.backlog.signals(), Ordering::Relaxed);
    }
}
