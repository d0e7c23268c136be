//! Tests and samples for webhooks: deliveries without a cause, on request.

use crate::audited::{Change, Note, of_destination};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, Destination, EffectKind, EventType, Millis, WebhookId};
use knock_ports::{Effect, Ledger, NewDelivery, StoreError};
use knock_wire::event_sample;
use serde_json::json;

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
        let effect = Effect { kind: EventType::WebhookTest.into(), data: "{}".to_owned(), at: self.now };
        let note = enqueue(ledger, self.id, effect, changes)?;
        Ok((note.is_some(), note))
    }
}

/// Sends a webhook the sample of an event, whether or not it is subscribed to it: receivers are built with it.
#[derive(Clone, Copy, Debug)]
pub struct SendSample {
    pub id: WebhookId,
    pub event: EventType,
    pub now: Millis,
}

impl Change for SendSample {
    /// False when there is no such webhook.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let data = json!(event_sample(self.event))["data"].to_string();
        let effect = Effect { kind: EffectKind::sample(self.event), data, at: self.now };
        let note = enqueue(ledger, self.id, effect, changes)?;
        Ok((note.is_some(), note.map(|note| note.with(json!({"event": self.event})))))
    }
}

/// Enqueues an effect for a webhook; none if there is no such webhook.
fn enqueue(
    ledger: &mut dyn Ledger,
    id: WebhookId,
    effect: Effect,
    changes: &mut Changes,
) -> Result<Option<Note>, StoreError> {
    let (to, stored_at) = (Destination::webhook(id), effect.at);
    let known = ledger.endpoints(Some(to.kind))?.into_iter().find(|endpoint| endpoint.destination == to);
    let Some(known) = known else { return Ok(None) };
    ledger.enqueue(&NewDelivery { to, effect, lead: None, ordering_key: to.id, stored_at })?;
    changes.push(Notice::Outbox);
    Ok(Some(Note::new(AuditAction::DestinationTested, of_destination(to, &known.settings))))
}
