//! An event: enqueued in the transaction of its cause for the destinations that are subscribed to it.

use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{EventType, LeadId, Millis, RepId};
use knock_ports::{Effect, Lead, Ledger, NewDelivery, StoreError};
use knock_wire::EventPerson;
use serde::Serialize;

/// An event about a person.
pub(super) struct Event {
    pub(super) kind: EventType,
    pub(super) lead: LeadId,
    pub(super) at: Millis,
    pub(super) now: Millis,
}

impl Event {
    /// Enqueues one delivery for each subscriber; the data is built only if there is one.
    pub(super) fn notify<T: Serialize>(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        data: impl FnOnce(&dyn Ledger) -> Result<T, StoreError>,
    ) -> Result<(), StoreError> {
        let subscribers = ledger.subscribers(self.kind)?;
        if subscribers.is_empty() {
            return Ok(());
        }
        let data = data(ledger)?;
        let data = serde_json::to_string(&data).map_err(|error| StoreError::Broken(error.to_string()))?;
        let Event { kind, lead, at, now } = *self;
        let effect = Effect { kind: kind.into(), data, at };
        for to in subscribers {
            let (effect, ordering_key) = (effect.clone(), *lead.as_bytes());
            ledger.enqueue(&NewDelivery { to, effect, lead: Some(lead), ordering_key, stored_at: now })?;
        }
        changes.push(Notice::Outbox);
        Ok(())
    }
}

pub(super) fn person(id: LeadId, lead: Option<&Lead>) -> EventPerson {
    let email = lead.and_then(|lead| lead.email.as_ref()).map(|email| email.to_text());
    EventPerson { id, email, name: lead.map(|lead| lead.name.to_string()).unwrap_or_default() }
}

/// Returns the address of a rep; any other owner is returned as given.
pub(super) fn address_of(ledger: &dyn Ledger, rep: &str) -> Result<String, StoreError> {
    let Ok(id) = RepId::parse(rep) else { return Ok(rep.to_owned()) };
    Ok(ledger.member(id)?.map_or_else(|| rep.to_owned(), |member| member.email))
}
