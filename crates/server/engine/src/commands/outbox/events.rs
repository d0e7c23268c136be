//! Events, enqueued for the destinations that are subscribed to them. A rebuild decides nothing anew and enqueues nothing.

use crate::notice::Notice;
use knock_model::{Bucket, EventType, IntentType, LeadId, Millis, RepId};
use knock_ports::{Effect, Lead, Ledger, NewDelivery, StoreError};
use knock_status::chat::Derived;
use knock_wire::{ChatStatusChanged, ContactScoreChanged, EventPerson, Word};
use serde::Serialize;

/// `Chat Status` of a lead was `previous` and is what was derived now.
pub(in crate::commands) struct StatusChange<'c> {
    pub(in crate::commands) lead: LeadId,
    pub(in crate::commands) previous: Option<String>,
    pub(in crate::commands) derived: &'c Derived,
    /// The lead's type by now.
    pub(in crate::commands) intent_type: IntentType,
}

/// Tells of a status, if it is another one.
pub(in crate::commands) fn status_changed(
    ledger: &mut dyn Ledger,
    change: StatusChange<'_>,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let StatusChange { lead, previous, derived, intent_type } = change;
    let (Some(status), Some(why)) = (derived.status, derived.why) else { return Ok(()) };
    if previous.as_deref() == Some(status.as_str()) {
        return Ok(());
    }
    let event = Event { kind: EventType::ChatStatusChanged, lead, at: why.since, now };
    event.notify(ledger, notices, |ledger| {
        Ok(ChatStatusChanged {
            lead: person(lead, ledger.lead(lead)?.as_ref()),
            status: status.into(),
            previous: previous.as_deref().map(Word::parse),
            since: why.since,
            rule: Word::parse(why.rule),
            rep_owner: match &derived.fields.rep_owner {
                Some(owner) => Some(address_of(ledger, owner.as_str())?),
                None => None,
            },
            responding_rep: match &derived.fields.responding_rep {
                Some(rep) => Some(address_of(ledger, rep)?),
                None => None,
            },
            intent_type,
            is_spam: derived.is_spam,
        })
    })
}

/// `Knock: Intent Score` of a contact was `previous`. Anonymous leads are left out: no other system can know them.
pub(in crate::commands) fn score_changed(
    ledger: &mut dyn Ledger,
    previous: Option<Bucket>,
    lead: &Lead,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    if lead.email.is_none() || lead.is_spam || lead.history.bucket == previous {
        return Ok(());
    }
    let event = Event { kind: EventType::ContactScoreChanged, lead: lead.id, at: now, now };
    event.notify(ledger, notices, |_| {
        Ok(ContactScoreChanged { contact: person(lead.id, Some(lead)), score: lead.history.bucket, previous })
    })
}

/// Something that happened.
struct Event {
    kind: EventType,
    lead: LeadId,
    at: Millis,
    now: Millis,
}

impl Event {
    /// One delivery for each subscriber; the data is made only when there is one.
    fn notify<T: Serialize>(
        &self,
        ledger: &mut dyn Ledger,
        notices: &mut Vec<Notice>,
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
        notices.push(Notice::Outbox);
        Ok(())
    }
}

fn person(id: LeadId, lead: Option<&Lead>) -> EventPerson {
    let email = lead.and_then(|lead| lead.email.as_ref()).map(|email| email.to_text());
    EventPerson { id, email, name: lead.map(|lead| lead.name.clone()).unwrap_or_default() }
}

/// Reps are told of by their addresses.
fn address_of(ledger: &dyn Ledger, rep: &str) -> Result<String, StoreError> {
    let Ok(id) = RepId::parse(rep) else { return Ok(rep.to_owned()) };
    Ok(ledger.member(id)?.map_or_else(|| rep.to_owned(), |member| member.email))
}
