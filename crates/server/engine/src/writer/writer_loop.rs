//! The writer loop: drains the command queue, runs a group in one transaction and hands it to the acknowledgement thread.

use super::After;
use super::ack_thread::CommittedGroup;
use super::backlog::{Backlog, Burst};
use super::command::Job;
use super::draft::{React, Replay};
use super::stall_timer::StallTimer;
use crate::workflow_index::Index;
use knock_ports::{Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError};
use std::time::Duration;
use tokio::time::Instant;

/// The maximum of commands in one transaction.
const GROUP: usize = 512;
/// The number of the backlog's batches in one transaction: commands that arrive meanwhile wait for these at most.
const SLICE: usize = 24;
/// The time for which a burst continues after many commands waited at once: answered clients need a moment to send
/// again.
const BURST: Duration = Duration::from_millis(250);
/// The time without a new command after which a burst ends early.
const LULL: Duration = Duration::from_millis(20);

/// Gauges of the writer that other threads read.
#[derive(Default)]
pub(super) struct Shown {
    /// Commands in the queue.
    pub(super) waiting: AtomicUsize,
    /// Deferred signals.
    pub(super) backlog: AtomicU64,
    pub(super) stall: StallTimer,
    /// Whether workflows may have changed elsewhere: by another server, or by a transaction whose end is unknown.
    pub(super) has_other_workflows: AtomicBool,
}

/// The settings of the writer thread.
#[derive(Clone, Copy)]
pub(crate) struct How {
    /// The condition for deferring signals.
    pub(crate) burst: Burst,
    /// Replays a deferred batch, with all that follows from it.
    pub(crate) replay: Replay,
    /// Does what follows from a command.
    pub(crate) react: React,
}

/// State of the writer thread.
pub(super) struct WriterLoop<'d> {
    pub(super) store: &'d dyn Store,
    pub(super) ack: SyncSender<CommittedGroup>,
    burst: Burst,
    pub(super) shown: &'d Shown,
    pub(super) backlog: Backlog,
    pub(super) replay: Replay,
    pub(super) react: React,
    /// The workflows, as the last transaction that needed them knew them.
    pub(super) workflows: Option<Arc<Index>>,
    /// Commands that wait until the backlog is empty.
    held: Vec<Box<dyn Job>>,
    /// The end of the burst, if there is one.
    ends: Option<Instant>,
}

impl<'d> WriterLoop<'d> {
    pub(super) fn new(
        store: &'d dyn Store,
        ack: SyncSender<CommittedGroup>,
        how: How,
        shown: &'d Shown,
    ) -> WriterLoop<'d> {
        let How { burst, replay, react } = how;
        let (backlog, held) = (Backlog::default(), Vec::new());
        WriterLoop { store, ack, burst, shown, backlog, replay, react, workflows: None, held, ends: None }
    }

    /// Runs until every sender is gone; the remaining backlog is replayed after the next start.
    ///
    /// # Errors
    /// When the disk failed: then later writes cannot be trusted.
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
            // A batch deferred beside such a command would not be replayed before it.
            if self.is_burst() || !self.backlog.is_empty() {
                self.held.extend(group.extract_if(.., |job| job.after() == After::All));
            }
            let is_burst = self.is_burst();
            self.commit_group(group, is_burst)?;
            let is_something_left = !self.backlog.is_empty() || !self.held.is_empty();
            if is_something_left && !is_burst {
                // Callers that wait for the end of the backlog must not wait for a pause without commands.
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
            tracing::error!(%error, "the backlog of deferred signals cannot be read; the next start tries again");
        }
        self.show();
    }

    fn is_burst(&self) -> bool {
        let is_now = self.ends.is_some_and(|ends| Instant::now() < ends);
        is_now && self.held.is_empty() && self.backlog.has_room(self.burst.most)
    }

    /// Returns the waiting commands; empty if deferred batches are to be replayed instead, none at the end.
    fn next_group(&self, waiting: &Receiver<Box<dyn Job>>) -> Option<Vec<Box<dyn Job>>> {
        let first = if self.backlog.is_empty() && self.held.is_empty() {
            if self.shown.waiting.load(Ordering::Relaxed) == 0 {
                self.shown.stall.rest();
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

    /// Replays a part of the backlog, then runs the commands that waited for its end.
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

    /// The workflows, unless they may have changed elsewhere.
    pub(super) fn known_workflows(&mut self) -> Option<Arc<Index>> {
        if self.shown.has_other_workflows.swap(false, Ordering::AcqRel) {
            self.workflows = None;
        }
        self.workflows.clone()
    }

    /// Publishes the number of deferred signals.
    pub(super) fn show(&self) {
        self.shown.backlog.store(self.backlog.signals(), Ordering::Relaxed);
    }
}
