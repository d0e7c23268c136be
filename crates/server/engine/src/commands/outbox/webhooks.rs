//! Testing a webhook.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{Destination, EventType, Millis, WebhookId};
use knock_ports::{Effect, Ledger, NewDelivery, StoreError};

/// Sends a webhook an event that did not happen, to see whether it answers.
#[derive(Clone, Copy, Debug)]
pub struct TestWebhook {
    /// Which.
    pub id: WebhookId,
    /// The instant now.
    pub now: Millis,
}

impl Command for TestWebhook {
    /// False when there is none.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let (to, now) = (Destination::webhook(self.id), self.now);
        if !ledger.endpoints(None)?.iter().any(|endpoint| endpoint.destination == to) {
            return Ok(false);
        }
        let effect = Effect { kind: EventType::WebhookTest.into(), data: "{}".to_owned(), at: now };
        ledger.enqueue(&NewDelivery { to, effect, lead: None, ordering_key: to.id, stored_at: now })?;
        notices.push(Notice::Outbox);
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
