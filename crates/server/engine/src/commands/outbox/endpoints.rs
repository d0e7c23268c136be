//! Destinations as the team configures them.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{Destination, Millis};
use knock_ports::{Endpoint, Ledger, StoreError};

/// Destinations of one kind that a workspace can have.
const MOST: usize = 20;
/// Deliveries sent again by one command, so that others need not wait long.
const SENT_AGAIN: usize = 500;

/// Creates or changes a destination.
#[derive(Clone, Debug)]
pub struct SaveEndpoint {
    /// The destination as it shall be.
    pub endpoint: Endpoint,
}

impl Command for SaveEndpoint {
    /// False when there are too many of its kind.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let Destination { kind, .. } = self.endpoint.destination;
        let mut known = ledger.endpoints(None)?;
        known.retain(|known| known.destination.kind == kind);
        if known.len() >= MOST && !known.iter().any(|known| known.destination == self.endpoint.destination) {
            return Ok(false);
        }
        ledger.save_endpoint(&self.endpoint)?;
        notices.push(Notice::Outbox);
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Deletes a destination, with what was still to be delivered to it.
#[derive(Clone, Copy, Debug)]
pub struct DropEndpoint {
    /// Which.
    pub destination: Destination,
}

impl Command for DropEndpoint {
    /// False when there is none.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<bool, StoreError> {
        ledger.drop_endpoint(self.destination)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Sends once more what was given up.
#[derive(Clone, Copy, Debug)]
pub struct SendAgain {
    /// Where to.
    pub to: Destination,
    /// Which delivery; none is all of them.
    pub number: Option<i64>,
    /// The instant now.
    pub now: Millis,
}

impl Command for SendAgain {
    /// How many are sent.
    type Outcome = u64;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<u64, StoreError> {
        let sent = ledger.requeue(self.to, self.number, self.now, SENT_AGAIN)?;
        notices.push(Notice::Outbox);
        Ok(sent)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
