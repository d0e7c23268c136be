//! Presence in a conversation: sent to its watchers on every server, and not stored.

use crate::notice::{Notice, Presence};
use crate::writer::{After, Command};
use knock_ports::{Ledger, StoreError};

impl Command for Presence {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
        notices.push(Notice::Presence(*self));
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
