//! The read position of a lead.

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::ConversationId;
use knock_ports::{Ledger, StoreError};

/// Records that messages reached the lead's browser.
#[derive(Clone, Copy, Debug)]
pub struct NoteRead {
    pub conversation: ConversationId,
    /// The number of the last of these messages.
    pub seq: u64,
}

impl Command for NoteRead {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        ledger.note_read(self.conversation, self.seq).map(drop)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
