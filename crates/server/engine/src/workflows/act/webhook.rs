//! The event `workflow.action` to one webhook, whatever that subscribes to.

use super::acting::Acting;
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{Destination, Email, EventType, WebhookId};
use knock_ports::{Effect, Ledger, NewDelivery, StoreError};
use knock_wire::{EventAccount, EventPerson, WorkflowActed};
use knock_workflow::Failure;

pub(super) fn post(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    webhook: WebhookId,
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    let to = Destination::webhook(webhook);
    if !ledger.endpoints(Some(to.kind))?.iter().any(|known| known.destination == to) {
        return Ok(Some(Failure::WebhookGone));
    }
    let lead = &acting.lead;
    let account = lead.account.map(|account| ledger.account(account)).transpose()?.flatten();
    let data = WorkflowActed {
        lead: EventPerson { id: lead.id, email: lead.email.as_ref().map(Email::to_text), name: lead.name.to_string() },
        account: account.map(|account| EventAccount { id: account.id, domain: account.domain }),
        workflow: acting.workflow,
        name: acting.name.to_owned(),
        step: acting.effect.step.clone(),
        run: acting.effect.run.number,
    };
    let data = serde_json::to_string(&data).map_err(|error| StoreError::Broken(error.to_string()))?;
    let effect = Effect { kind: EventType::WorkflowAction.into(), data, at: acting.effect.at };
    let (lead, ordering_key, stored_at) = (Some(lead.id), *lead.id.as_bytes(), acting.now);
    ledger.enqueue(&NewDelivery { to, effect, lead, ordering_key, stored_at })?;
    changes.push(Notice::Outbox);
    Ok(None)
}
