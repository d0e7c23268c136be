//! Replay of a browser's deferred batches before a read of its signals.

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::VisitorId;
use knock_ports::{Ledger, StoreError};

/// Replays the deferred batches of a browser, and does nothing else.
#[derive(Clone, Copy, Debug)]
pub struct CatchUp {
    pub visitor: VisitorId,
}

impl Command for CatchUp {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        Ok(())
    }

    fn after(&self) -> After {
        After::Browser(self.visitor)
    }
}
