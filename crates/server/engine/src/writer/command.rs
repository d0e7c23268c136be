//! A change to be made, of whatever kind.

use super::CommitError;
use super::after::After;
use super::draft::Draft;
use crate::notice::Notice;
use knock_ports::{Ledger, PrefetchHint, StoreError};
use tokio::sync::oneshot;

/// A change to be made. Running it again after a failed transaction must be safe.
pub trait Command: Send + 'static {
    /// The result for the caller.
    type Outcome: Send + 'static;

    /// Reads what it needs, decides, and writes; notes what changed.
    ///
    /// # Errors
    /// When the store fails; then nothing of it is kept.
    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<Self::Outcome, StoreError>;

    /// The rows it is about to read, when they are known: a remote store prefetches them.
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
    fn run(&mut self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError>;
    fn coming(&self) -> Option<PrefetchHint<'_>>;
    fn after(&self) -> After;
    /// Defers it where that is possible; whether it did.
    fn defer(&mut self, ledger: &mut dyn Ledger, draft: &mut Draft<'_>) -> Result<bool, StoreError>;
    /// Lets go of the command, then tells its caller.
    fn answer(&mut self, done: Result<(), StoreError>);
}

pub(super) struct Pending<C: Command> {
    /// None once it is answered.
    pub(super) command: Option<C>,
    pub(super) outcome: Option<C::Outcome>,
    pub(super) reply: Option<oneshot::Sender<Result<C::Outcome, CommitError>>>,
}

impl<C: Command> Job for Pending<C> {
    fn run(&mut self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
        if let Some(command) = &self.command {
            self.outcome = Some(command.run(ledger, notices)?);
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
        // Dropped first, so that a client that sends again once it is answered finds the queue place of this free.
        self.command = None;
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
