//! Webhooks as the team wants them.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{Millis, WebhookId};
use knock_ports::{Ledger, NewDelivery, StoreError, Webhook};
use knock_wire::EventType;

/// Webhooks that a workspace can have.
const MOST: usize = 20;
/// Deliveries sent once more by one command, so that nobody else waits long.
const SENT_AGAIN: usize = 500;

/// Makes or changes a webhook.
#[derive(Clone, Debug)]
pub struct SaveWebhook {
    /// The webhook as it shall be.
    pub webhook: Webhook,
}

impl Command for SaveWebhook {
    /// False when there are too many.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let known = ledger.destinations()?;
        if known.len() >= MOST && !known.iter().any(|known| known.id == self.webhook.id) {
            return Ok(false);
        }
        ledger.save_webhook(&self.webhook)?;
        notices.push(Notice::Outbox);
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Takes a webhook away, with what it was still to be told.
#[derive(Clone, Copy, Debug)]
pub struct DropWebhook {
    /// Which.
    pub id: WebhookId,
}

impl Command for DropWebhook {
    /// False when there is none.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<bool, StoreError> {
        ledger.drop_webhook(self.id)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Tells a webhook something that did not happen, to see whether it hears.
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
        if !ledger.destinations()?.iter().any(|webhook| webhook.id == self.id) {
            return Ok(false);
        }
        let (webhook, event, data) = (self.id, EventType::WebhookTest, "{}".to_owned());
        ledger.enqueue(&NewDelivery { webhook, lead: None, event, data, at: self.now, stored_at: self.now })?;
        notices.push(Notice::Outbox);
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Sends once more what was given up.
#[derive(Clone, Copy, Debug)]
pub struct SendAgain {
    /// To whom.
    pub webhook: WebhookId,
    /// Which; none is all of it.
    pub number: Option<i64>,
    /// The instant now.
    pub now: Millis,
}

impl Command for SendAgain {
    /// How many are sent.
    type Outcome = u64;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<u64, StoreError> {
        let sent = ledger.unpark(self.webhook, self.number, self.now, SENT_AGAIN)?;
        notices.push(Notice::Outbox);
        Ok(sent)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
