//! Effects at mail, browsers and Slack, as they are put into the outbox.

use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{Destination, EffectKind, LeadId, Millis};
use knock_ports::{Effect, Endpoint, Ledger, NewDelivery, PushAlert, StoreError};
use serde::Serialize;

/// A mail for the outbox.
pub(crate) struct Letter<'l, T> {
    pub(crate) kind: EffectKind,
    pub(crate) data: &'l T,
    /// The lead of the mail, if any.
    pub(crate) lead: Option<LeadId>,
    /// Mails with the same key are sent in order.
    pub(crate) ordering_key: [u8; 16],
    pub(crate) now: Millis,
}

impl<T: Serialize> Letter<'_, T> {
    pub(crate) fn enqueue(self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let now = self.now;
        self.enqueue_for(now, ledger, changes)
    }

    /// Enqueues a mail that is sent from an instant on.
    pub(crate) fn enqueue_for(
        self,
        due: Millis,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let (to, now) = (Destination::MAIL, self.now);
        if !ledger.endpoints(None)?.iter().any(|known| known.destination == to) {
            let (settings, why_stopped) = ("{}".to_owned(), String::new());
            let (events, sites) = (Vec::new(), Vec::new());
            ledger.save_endpoint(&Endpoint {
                destination: to,
                settings,
                events,
                sites,
                is_active: true,
                why_stopped,
                created_at: now,
            })?;
        }
        let data = serde_json::to_string(self.data).map_err(|error| StoreError::Broken(error.to_string()))?;
        let effect = Effect { kind: self.kind, data, at: now };
        let (lead, ordering_key) = (self.lead, self.ordering_key);
        ledger.enqueue(&NewDelivery { to, effect, lead, ordering_key, stored_at: due })?;
        changes.push(Notice::Outbox);
        Ok(())
    }
}

/// Puts a notification into the outbox.
pub(crate) fn enqueue_push(
    ledger: &mut dyn Ledger,
    device: [u8; 16],
    lead: Option<LeadId>,
    alert: &PushAlert,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let data = serde_json::to_string(alert).map_err(|error| StoreError::Broken(error.to_string()))?;
    let effect = Effect { kind: PushAlert::KIND, data, at: now };
    let (to, ordering_key) = (Destination::push(device), lead.map_or(device, |lead| *lead.as_bytes()));
    ledger.enqueue(&NewDelivery { to, effect, lead, ordering_key, stored_at: now })?;
    changes.push(Notice::Outbox);
    Ok(())
}

/// Puts an effect in Slack into the outbox, with its ordering key, when it may be sent, and when it happened.
pub(crate) fn enqueue_slack<T: Serialize>(
    ledger: &mut dyn Ledger,
    changes: &mut Changes,
    (kind, data): (EffectKind, &T),
    lead: Option<LeadId>,
    (ordering_key, stored_at, at): ([u8; 16], Millis, Millis),
) -> Result<(), StoreError> {
    let data = serde_json::to_string(data).map_err(|error| StoreError::Broken(error.to_string()))?;
    let (to, effect) = (Destination::SLACK, Effect { kind, data, at });
    ledger.enqueue(&NewDelivery { to, effect, lead, ordering_key, stored_at })?;
    changes.push(Notice::Outbox);
    Ok(())
}
