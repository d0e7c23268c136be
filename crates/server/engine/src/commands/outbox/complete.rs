//! Completion of attempts.

use crate::changes::Changes;
use crate::commands::mail::bounce::note_refused;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{Destination, DestinationKind, Millis};
use knock_ports::{Completion, DeliveryOutcome, Ledger, OutboxEntry, StoreError};

/// The retry window of a delivery; after it the delivery is parked for a person.
const RETRY_WINDOW: Millis = Millis::days(1);

/// Records the outcome of an attempt.
#[derive(Clone, Debug)]
pub struct CompleteAttempt {
    /// The delivery, as it was claimed.
    pub entry: OutboxEntry,
    pub outcome: DeliveryOutcome,
    /// The delay before the next attempt, if there is one.
    pub wait: Millis,
    pub now: Millis,
}

impl Command for CompleteAttempt {
    /// The new state of the delivery; none if another server has claimed it since, or if it was deleted.
    type Outcome = Option<Completion>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Self::Outcome, StoreError> {
        let (completion, answer) = self.completion();
        let OutboxEntry { number, attempts, .. } = self.entry;
        let Some(to) = ledger.complete_attempt(number, attempts, &completion, answer, self.now)? else {
            return Ok(None);
        };
        if let DeliveryOutcome::Unsubscribed(why) = &self.outcome {
            if to.kind == DestinationKind::Push {
                ledger.drop_device(to.id)?;
            } else {
                deactivate(ledger, to, why)?;
            }
        }
        if let DeliveryOutcome::Rejected(answer) = &self.outcome {
            note_refused(ledger, &self.entry, answer, self.now, changes)?;
        }
        // The next delivery with this ordering key may start, on any server.
        changes.push(Notice::Outbox);
        Ok(Some(completion))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl CompleteAttempt {
    fn completion(&self) -> (Completion, &str) {
        match &self.outcome {
            DeliveryOutcome::Done(answer) => (Completion::Delivered, answer),
            DeliveryOutcome::Rejected(answer) | DeliveryOutcome::Unsubscribed(answer) => (Completion::Parked, answer),
            DeliveryOutcome::Retry(answer, _) => {
                let next = self.now + self.wait;
                let is_over = next - self.entry.stored_at > RETRY_WINDOW;
                (if is_over { Completion::Parked } else { Completion::Retry(next) }, answer)
            }
        }
    }
}

/// Sends nothing more to a destination until a person activates it.
fn deactivate(ledger: &mut dyn Ledger, to: Destination, why: &str) -> Result<(), StoreError> {
    let Some(mut endpoint) = ledger.endpoints(None)?.into_iter().find(|known| known.destination == to) else {
        return Ok(());
    };
    endpoint.is_active = false;
    why.clone_into(&mut endpoint.why_stopped);
    ledger.save_endpoint(&endpoint)
}
