//! Computes view, waiting time, owner, last messages and what reports need of chats stored by an earlier version, and
//! the latter of the ways to a meeting.

use crate::changes::Changes;
use crate::commands::{derive_chat, derive_meetings};
use crate::writer::{After, Command, CommitError, Writer};
use knock_model::Millis;
use knock_ports::{Clock, Derived, Ledger, StoreError};
use std::time::Duration;

/// The number of chats, and of leads with meetings, in one command.
const PIECE: u32 = 64;
/// The pause while too many others wait.
const PAUSE: Duration = Duration::from_millis(200);

/// Computes what lists and reports need of all chats and meetings that an earlier version stored without it.
///
/// # Errors
/// When the store fails.
pub async fn compute_chat_owners(writer: &Writer, clock: &dyn Clock) -> Result<(), CommitError> {
    loop {
        match writer.commit(ComputePiece { now: clock.now() }).await {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(CommitError::Overloaded | CommitError::Store(StoreError::Busy)) => tokio::time::sleep(PAUSE).await,
            Err(error) => return Err(error),
        }
    }
}

/// Computes them for some chats.
struct ComputePiece {
    now: Millis,
}

impl Command for ComputePiece {
    /// The number of chats and ways to a meeting.
    type Outcome = usize;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<usize, StoreError> {
        let leads = ledger.outdated_chats(PIECE)?;
        for lead in &leads {
            if derive_chat(ledger, *lead, self.now, changes)?.folder.is_none() {
                // Without facts there is nothing to derive: the chat would be found again and again.
                ledger.drop_derived(Derived::Chat(*lead))?;
            }
        }
        let meetings = ledger.outdated_meeting_leads(PIECE)?;
        for lead in &meetings {
            if !derive_meetings(ledger, *lead, self.now, changes)? {
                // It would be found again and again, too: it goes with the row of the chat, which is derived anew.
                ledger.drop_derived(Derived::Chat(*lead))?;
                derive_chat(ledger, *lead, self.now, changes)?;
            }
        }
        Ok(leads.len() + meetings.len())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
