//! The teller: waits for the disk to have what is written, then tells who asked and who watches. Meanwhile the writer
//! goes on with what came next.

use super::command::Job;
use super::trying::Trying;
use crate::notice::Notice;
use crate::{measures, told};
use knock_ports::{Store, StoreError};
use std::iter;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use tokio::sync::broadcast;
use tokio::time::Instant;

/// A transaction that is written; nobody was told of it.
pub(super) struct Written {
    /// When it was begun.
    pub(super) begun: Instant,
    /// Commands, or batches that were put off before.
    pub(super) commands: usize,
    pub(super) notices: Vec<Notice>,
    /// Who waits for it.
    pub(super) jobs: Vec<Box<dyn Job>>,
}

pub(super) struct Teller<'t> {
    pub(super) store: &'t dyn Store,
    pub(super) notices: &'t broadcast::Sender<Arc<[Notice]>>,
    pub(super) trying: &'t Trying,
}

impl Teller<'_> {
    /// Tells until nothing more is written.
    ///
    /// # Errors
    /// When the disk did not keep it; those who wait then are told that the server stops.
    // It must be dropped with this: that is how the writer knows.
    #[expect(clippy::needless_pass_by_value, reason = "the other end learns from its end")]
    pub(super) fn work(self, written: Receiver<Written>) -> Result<(), StoreError> {
        while let Ok(first) = written.recv() {
            let all: Vec<Written> = iter::once(first).chain(written.try_iter()).collect();
            // One sync is for all that was written before it.
            match self.store.sync().inspect_err(measures::failed) {
                Ok(()) => all.into_iter().for_each(|written| self.tell(written)),
                Err(StoreError::Busy) => self.tell_to_look(all),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn tell(&self, mut written: Written) {
        measures::committed(written.commands, written.begun.elapsed());
        if !written.notices.is_empty() {
            // Nobody watching is fine.
            drop(self.notices.send(written.notices.into()));
        }
        written.jobs.iter_mut().for_each(|job| job.answer(Ok(())));
        self.trying.told();
    }

    /// Nobody knows whether it is stored: who asked must ask again, who watches must look again.
    fn tell_to_look(&self, written: Vec<Written>) {
        drop(self.notices.send(told::unheard().into()));
        for mut written in written {
            written.jobs.iter_mut().for_each(|job| job.answer(Err(StoreError::Busy)));
            self.trying.failed();
        }
    }
}
