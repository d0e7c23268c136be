//! The acknowledgement thread: syncs committed groups to disk, then answers their commands and sends their notices.
//! The writer runs the next group meanwhile.

use super::command::Job;
use super::stall_timer::StallTimer;
use crate::notice::Notice;
use crate::{measures, peer_notice};
use knock_ports::{Store, StoreError};
use std::iter;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use tokio::sync::broadcast;
use tokio::time::Instant;

/// A committed transaction whose commands are not answered yet.
pub(super) struct CommittedGroup {
    pub(super) begun: Instant,
    /// Number of commands, or of deferred batches.
    pub(super) commands: usize,
    pub(super) notices: Vec<Notice>,
    /// The commands to answer.
    pub(super) jobs: Vec<Box<dyn Job>>,
}

pub(super) struct AckThread<'t> {
    pub(super) store: &'t dyn Store,
    pub(super) notices: &'t broadcast::Sender<Arc<[Notice]>>,
    pub(super) stall: &'t StallTimer,
    pub(super) has_other_workflows: &'t AtomicBool,
}

impl AckThread<'_> {
    /// Answers committed groups until the writer ends.
    ///
    /// # Errors
    /// When a sync fails; the pending commands are answered with a stopping server.
    // The receiver is dropped here, which ends the writer.
    #[expect(clippy::needless_pass_by_value, reason = "the other end learns from its end")]
    pub(super) fn work(self, written: Receiver<CommittedGroup>) -> Result<(), StoreError> {
        while let Ok(first) = written.recv() {
            let all: Vec<CommittedGroup> = iter::once(first).chain(written.try_iter()).collect();
            // One sync covers every group committed before it.
            match self.store.sync().inspect_err(measures::failed) {
                Ok(()) => all.into_iter().for_each(|written| self.acknowledge(written)),
                Err(StoreError::Busy) => self.resync(all),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn acknowledge(&self, mut written: CommittedGroup) {
        measures::committed(written.commands, written.begun.elapsed());
        if !written.notices.is_empty() {
            // No watcher is fine.
            drop(self.notices.send(written.notices.into()));
        }
        written.jobs.iter_mut().for_each(|job| job.answer(Ok(())));
        self.stall.committed();
    }

    /// The outcome is unknown: commands are answered with busy, watchers resync.
    fn resync(&self, written: Vec<CommittedGroup>) {
        self.has_other_workflows.store(true, Ordering::Release);
        drop(self.notices.send(peer_notice::resync().into()));
        for mut written in written {
            written.jobs.iter_mut().for_each(|job| job.answer(Err(StoreError::Busy)));
            self.stall.failed();
        }
    }
}
