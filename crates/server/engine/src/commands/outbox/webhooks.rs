//! Tests of webhooks.

use crate::audited::{Change, Note, of_destination};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, Destination, EventType, Millis, WebhookId};
use knock_ports::{Effect, Ledger, NewDelivery, StoreError};

/// Sends a test event to a webhook, to check whether it responds.
#[derive(Clone, Copy, Debug)]
pub struct TestWebhook {
    pub id: WebhookId,
    pub now: Millis,
}

impl Change for TestWebhook {
    /// False when there is none.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let (to, now) = (Destination::webhook(self.id), self.now);
        let known = ledger.endpoints(Some(to.kind))?.into_iter().find(|endpoint| endpoint.destination == to);
        let Some(known) = known else { return Ok((false, None)) };
        let effect = Effect { kind: EventType::WebhookTest.into(), data: "{}".to_owned(), at: now };
        ledger.enqueue(&NewDelivery { to, effect, lead: None, ordering_key: to.id, stored_at: now })?;
        changes.push(Notice::Outbox);
        Ok((true, Some(Note::new(AuditAction::DestinationTested, of_destination(to, &known.settings)))))
    }
}
