//! Commands and their callers.

use super::CommitError;
use super::after::After;
use super::draft::Draft;
use crate::changes::Changes;
use knock_ports::{Ledger, PrefetchHint, StoreError};
use tokio::sync::oneshot;

/// A change of stored data. Running it again after a failed transaction must be safe.
pub trait Command: Send + 'static {
    /// The result for the caller.
    type Outcome: Send + 'static;

    /// Reads what it needs, decides, and writes; notes what changed.
    ///
    /// # Errors
    /// When the store fails; then nothing of it is kept.
    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Self::Outcome, StoreError>;

    /// The rows it is about to read, if known: a remote store prefetches them.
    fn coming(&self) -> Option<PrefetchHint<'_>> {
        None
    }

    /// The outcome to return if this batch is deferred; none if it must run now.
    fn defer(&self) -> Option<Self::Outcome> {
        None
    }

    /// The deferred batches that must be replayed before this.
    fn after(&self) -> After;
}

/// A command of any kind with its caller.
pub(super) trait Job: Send {
    fn run(&mut self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError>;
    fn coming(&self) -> Option<PrefetchHint<'_>>;
    fn after(&self) -> After;
    /// Defers the command if that is possible; returns whether it did.
    fn defer(&mut self, ledger: &mut dyn Ledger, draft: &mut Draft<'_>) -> Result<bool, StoreError>;
    /// Drops the command, then answers its caller.
    fn answer(&mut self, done: Result<(), StoreError>);
}

pub(super) struct Pending<C: Command> {
    /// None once it is answered.
    pub(super) command: Option<C>,
    pub(super) outcome: Option<C::Outcome>,
    pub(super) reply: Option<oneshot::Sender<Result<C::Outcome, CommitError>>>,
}

impl<C: Command> Job for Pending<C> {
    fn run(&mut self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        if let Some(command) = &self.command {
            self.outcome = Some(command.run(ledger, changes)?);
        }
        Ok(())
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        self.command.as_ref()?.coming()
    }

    fn after(&self) -> After {
        self.command.as_ref().map_or(After::Nothing, Command::after)
    }

    fn defer(&mut self, ledger: &mut dyn Ledger, draft: &mut Draft<'_>) -> Result<bool, StoreError> {
        let Some(command) = &self.command else { return Ok(false) };
        let (Some(outcome), Some(PrefetchHint::Signals(batch))) = (command.defer(), command.coming()) else {
            return Ok(false);
        };
        let is_deferred = draft.defer(ledger, batch)?;
        if is_deferred {
            self.outcome = Some(outcome);
        }
        Ok(is_deferred)
    }

    fn answer(&mut self, done: Result<(), StoreError>) {
        // Dropped first, so that a client that sends again after the response finds a free place in the queue.
        self.command = None;
        let outcome = match done {
            Ok(()) => self.outcome.take().ok_or(CommitError::Stopping),
            Err(error) => Err(error.into()),
        };
        if let Some(reply) = self.reply.take() {
            // The caller may have gone away.
            drop(reply.send(outcome));
        }
    }
}
