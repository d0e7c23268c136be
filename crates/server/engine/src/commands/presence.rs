//! Presence in a conversation: sent to its watchers on every server, and not stored.

use crate::changes::Changes;
use crate::notice::{Notice, Presence};
use crate::writer::{After, Command};
use knock_ports::{Ledger, StoreError};

impl Command for Presence {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        changes.push(Notice::Presence(*self));
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
