//! What of a browser was put off is done now, for whoever is about to read what it did.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::VisitorId;
use knock_ports::{Ledger, StoreError};

/// Does what of a browser was put off, and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct CatchUp {
    /// The browser.
    pub visitor: VisitorId,
}

impl Command for CatchUp {
    type Outcome = ();

    fn run(&self, _: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(), StoreError> {
        Ok(())
    }

    fn after(&self) -> After {
        After::Browser(self.visitor)
    }
}
