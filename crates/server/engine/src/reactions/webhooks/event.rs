//! An event: enqueued in the transaction of its cause for the destinations that are subscribed to it.

use super::about::About;
use super::place::Place;
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{EventType, LeadId, Millis, RepId, SiteId};
use knock_ports::{Effect, Lead, Ledger, NewDelivery, StoreError, View};
use knock_wire::{EventAccount, EventPerson};
use serde::Serialize;

/// An event about a person or a company.
pub(super) struct Event {
    pub(super) kind: EventType,
    pub(super) about: About,
    /// The site to which it belongs.
    pub(super) place: Place,
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
        self.notify_if(ledger, changes, |ledger| data(ledger).map(Some))
    }

    /// The same, if there is data: without it, it is no event.
    pub(super) fn notify_if<T: Serialize>(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        data: impl FnOnce(&dyn Ledger) -> Result<Option<T>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut subscribers = ledger.subscribers(self.kind)?;
        if subscribers.iter().any(|subscriber| !subscriber.sites.is_empty()) {
            let sites = self.place.sites(ledger, self.about)?;
            subscribers.retain(|known| known.sites.is_empty() || known.sites.iter().any(|site| sites.contains(site)));
        }
        if subscribers.is_empty() {
            return Ok(());
        }
        let Some(data) = data(ledger)? else { return Ok(()) };
        let data = serde_json::to_string(&data).map_err(|error| StoreError::Broken(error.to_string()))?;
        let Event { kind, about, at, now, .. } = *self;
        let effect = Effect { kind: kind.into(), data, at };
        let (lead, ordering_key) = match about {
            About::Lead(lead) => (Some(lead), *lead.as_bytes()),
            About::Account(account) => (None, *account.as_bytes()),
        };
        for to in subscribers {
            let (to, effect) = (to.destination, effect.clone());
            ledger.enqueue(&NewDelivery { to, effect, lead, ordering_key, stored_at: now })?;
        }
        changes.push(Notice::Outbox);
        Ok(())
    }
}

pub(super) fn person(id: LeadId, lead: Option<&Lead>) -> EventPerson {
    let email = lead.and_then(|lead| lead.email.as_ref()).map(|email| email.to_text());
    EventPerson { id, email, name: lead.map(|lead| lead.name.to_string()).unwrap_or_default() }
}

/// Returns a lead, unless they are hidden: of those marked as spam, nothing but their status is an event.
pub(super) fn shown(view: &dyn View, lead: LeadId) -> Result<Option<Lead>, StoreError> {
    Ok(view.lead(lead)?.filter(|lead| !lead.is_spam))
}

/// Returns the company of a lead.
pub(super) fn account_of(view: &dyn View, lead: &Lead) -> Result<Option<EventAccount>, StoreError> {
    let account = lead.account.map(|account| view.account(account)).transpose()?.flatten();
    Ok(account.map(|account| EventAccount { id: account.id, domain: account.domain }))
}

/// Returns the key of a site; empty for one that is not known.
pub(super) fn key_of(view: &dyn View, site: SiteId) -> Result<String, StoreError> {
    Ok(view.site(site)?.map(|site| site.key).unwrap_or_default())
}

/// Returns the address of a rep; any other owner is returned as given.
pub(super) fn address_of(view: &dyn View, rep: &str) -> Result<String, StoreError> {
    let Ok(id) = RepId::parse(rep) else { return Ok(rep.to_owned()) };
    Ok(view.member(id)?.map_or_else(|| rep.to_owned(), |member| member.email))
}
