//! Events about the state of a person, enqueued when it changes. A rebuild decides nothing anew and enqueues nothing.

use super::about::About;
use super::event::{Event, address_of, person};
use super::place::Place;
use crate::changes::Changes;
use crate::happened::{ChatSettled, LastSent};
use knock_model::{Bucket, EventType, LeadId, Millis};
use knock_ports::{Ledger, StoreError};
use knock_wire::{ChatStatusChanged, ContactScoreChanged, ContactTypeChanged, Word};

/// Enqueues the event about a status, if it changed.
pub(super) fn status_changed(
    ledger: &mut dyn Ledger,
    settled: &ChatSettled,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let ChatSettled { lead, previous: LastSent { status: previous, .. }, derived, intent_type, .. } = settled;
    let (Some(status), Some(why)) = (derived.status, derived.why) else { return Ok(()) };
    if previous.as_deref() == Some(status.as_str()) {
        return Ok(());
    }
    let event =
        Event { kind: EventType::ChatStatusChanged, about: About::Lead(*lead), place: Place::Seen, at: why.since, now };
    event.notify(ledger, changes, |ledger| {
        Ok(ChatStatusChanged {
            lead: person(*lead, ledger.lead(*lead)?.as_ref()),
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
            intent_type: *intent_type,
            is_spam: derived.is_spam,
        })
    })
}

/// Enqueues the event about `Knock: Intent Score` of a contact. Anonymous leads are left out: no other system can know
/// them.
pub(super) fn score_changed(
    ledger: &mut dyn Ledger,
    (previous, score): (Option<Bucket>, Option<Bucket>),
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(lead) = ledger.lead(lead)?.filter(|lead| lead.email.is_some() && !lead.is_spam) else { return Ok(()) };
    let event =
        Event { kind: EventType::ContactScoreChanged, about: About::Lead(lead.id), place: Place::Seen, at: now, now };
    event
        .notify(ledger, changes, |_| Ok(ContactScoreChanged { contact: person(lead.id, Some(&lead)), score, previous }))
}

/// Enqueues the event about an intent type, if it changed.
pub(super) fn type_changed(
    ledger: &mut dyn Ledger,
    settled: &ChatSettled,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let ChatSettled { lead, previous: LastSent { intent_type: previous, .. }, intent_type, why, .. } = settled;
    if previous == intent_type {
        return Ok(());
    }
    let event =
        Event { kind: EventType::ContactTypeChanged, about: About::Lead(*lead), place: Place::Seen, at: now, now };
    event.notify(ledger, changes, |ledger| {
        let contact = person(*lead, ledger.lead(*lead)?.as_ref());
        let why = why.map(Word::from).unwrap_or_default();
        Ok(ContactTypeChanged { contact, intent_type: *intent_type, previous: *previous, why })
    })
}
