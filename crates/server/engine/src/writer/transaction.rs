//! Groups of commands and pieces of the backlog, each in one transaction; a faulty one does not affect the others.

use super::ack_thread::CommittedGroup;
use super::command::Job;
use super::draft::Draft;
use super::writer_loop::WriterLoop;
use crate::changes::Changes;
use crate::{measures, peer_notice};
use knock_ports::{Ledger, StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;
use tokio::time::Instant;

/// The delay of the backlog after an error of the store.
const PAUSE: Duration = Duration::from_millis(100);

/// The work of a transaction.
type Work<'w> = dyn FnMut(&mut dyn Ledger, &mut Draft<'_>, &mut Changes) -> Result<(), StoreError> + 'w;

impl WriterLoop<'_> {
    /// Replays deferred batches.
    ///
    /// # Errors
    /// When the disk did not sync the writes.
    pub(super) fn slice(&mut self, numbers: &[i64]) -> Result<(), StoreError> {
        match self.commit(numbers.len(), &mut |ledger, draft, changes| draft.catch_up(ledger, numbers, changes)) {
            Ok(written) => self.hand_over(written),
            Err(error @ StoreError::Unsynced(_)) => Err(error),
            Err(StoreError::Full | StoreError::Busy) => {
                std::thread::sleep(PAUSE);
                Ok(())
            }
            Err(error) => match numbers {
                [bad] => {
                    tracing::error!(%error, number = bad, "a deferred batch could not be replayed; it is kept");
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

    /// Runs all in one transaction; if that fails, in halves, so that a faulty one does not affect the others.
    ///
    /// # Errors
    /// When the disk did not sync the writes. Commands not answered by then are answered that the server stops.
    pub(super) fn commit_group(&mut self, mut group: Vec<Box<dyn Job>>, is_burst: bool) -> Result<(), StoreError> {
        if group.is_empty() {
            return Ok(());
        }
        let mut done = self.commit_jobs(&mut group, is_burst);
        if matches!(done, Err(StoreError::Busy)) {
            done = self.commit_jobs(&mut group, is_burst);
        }
        match done {
            Ok(written) => return self.hand_over(CommittedGroup { jobs: group, ..written }),
            // A second sync may succeed although the disk has dropped the writes.
            Err(error @ StoreError::Unsynced(_)) => return Err(error),
            // The cause is not in the commands: none of them would be stored.
            Err(StoreError::Full) => group.iter_mut().for_each(|job| job.answer(Err(StoreError::Full))),
            Err(StoreError::Busy) => group.iter_mut().for_each(|job| job.answer(Err(StoreError::Busy))),
            Err(error) => match group.as_mut_slice() {
                [bad] => {
                    tracing::warn!(%error, "a change was not stored");
                    bad.answer(Err(error));
                }
                several => {
                    let middle = several.len() / 2;
                    let others = group.split_off(middle);
                    self.commit_group(group, is_burst)?;
                    self.commit_group(others, is_burst)?;
                }
            },
        }
        Ok(())
    }

    /// Passes a group to the acknowledgement thread; blocks if the disk is too slow.
    fn hand_over(&self, written: CommittedGroup) -> Result<(), StoreError> {
        self.ack.send(written).map_err(|_| StoreError::Unsynced("see before".into()))
    }

    fn commit_jobs(&mut self, group: &mut [Box<dyn Job>], is_burst: bool) -> Result<CommittedGroup, StoreError> {
        let react = self.react;
        self.commit(group.len(), &mut |ledger, draft, changes| {
            ledger.expect(&group.iter().filter_map(|job| job.coming()).collect::<Vec<_>>());
            group.iter_mut().try_for_each(|job| {
                if is_burst && job.defer(ledger, draft)? {
                    return Ok(());
                }
                draft.before(ledger, job.after(), changes)?;
                job.run(ledger, changes)?;
                react(ledger, changes)
            })
        })
    }

    /// Runs one transaction of this number of commands, or of deferred batches.
    fn commit(&mut self, commands: usize, work: &mut Work<'_>) -> Result<CommittedGroup, StoreError> {
        let workflows = self.known_workflows();
        let (mut changes, mut deferred) = (Changes::default(), None);
        let begun = Instant::now();
        self.shown.stall.begin();
        // A bug in one command must not end all writing; the store rolls its writes back.
        let written = catch_unwind(AssertUnwindSafe(|| {
            self.store.write_unsynced(&mut |ledger| {
                changes = Changes::with_workflows(workflows.clone());
                let mut draft = Draft::new(&self.backlog, self.replay);
                work(ledger, &mut draft, &mut changes)?;
                deferred = Some(draft.into_changes());
                if !changes.notices().is_empty() {
                    ledger.tell(&|| peer_notice::to_text(changes.notices()));
                }
                Ok(())
            })
        }));
        let written = written.unwrap_or_else(|_| Err(StoreError::Broken("a command panicked".into())));
        written.inspect_err(|error| {
            self.shown.stall.failed();
            measures::failed(error);
        })?;
        self.workflows = changes.known_workflows();
        self.backlog.apply(deferred.unwrap_or_default());
        self.show();
        Ok(CommittedGroup { begun, commands, notices: changes.into_notices(), jobs: Vec::new() })
    }
}
