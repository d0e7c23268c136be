//! Somebody does something in a conversation: told to those who watch, on every server, and stored nowhere.

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
