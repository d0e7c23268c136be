//! Events about the state of a person, enqueued when it changes. A rebuild decides nothing anew and enqueues nothing.

use super::event::{Event, address_of, person};
use crate::commands::crm_change::{Cause, changed};
use crate::notice::Notice;
use knock_intent::TypeWhy;
use knock_model::{Bucket, EventType, IntentType, LeadId, Millis};
use knock_ports::{ChatSummary, Lead, Ledger, StoreError};
use knock_status::chat::Derived;
use knock_wire::{ChatStatusChanged, ContactScoreChanged, ContactTypeChanged, Word};

/// The content of the last events about a lead's chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::commands) struct LastSent {
    /// `Chat Status`; none before the first.
    pub(in crate::commands) status: Option<String>,
    /// `Knock: Intent Type`.
    pub(in crate::commands) intent_type: IntentType,
}

impl LastSent {
    /// Returns the last sent state: events are enqueued whenever the summary changes, so it is in the summary.
    pub(in crate::commands) fn of(summary: Option<ChatSummary>) -> LastSent {
        let (status, intent_type) =
            summary.map_or((None, IntentType::Unknown), |summary| (Some(summary.status), summary.intent_type));
        LastSent { status, intent_type }
    }
}

/// A change of `Chat Status` of a lead from `previous` to the derived one.
pub(in crate::commands) struct StatusChange<'c> {
    pub(in crate::commands) lead: LeadId,
    pub(in crate::commands) previous: Option<String>,
    pub(in crate::commands) derived: &'c Derived,
    /// The current type of the lead.
    pub(in crate::commands) intent_type: IntentType,
}

/// A change of `Knock: Intent Type` of a lead from `previous`.
pub(in crate::commands) struct IntentTypeChange {
    pub(in crate::commands) lead: LeadId,
    pub(in crate::commands) previous: IntentType,
    pub(in crate::commands) intent_type: IntentType,
    /// The reason of the decision; none if there was none yet.
    pub(in crate::commands) why: Option<TypeWhy>,
}

/// Enqueues the event about a status, if it changed.
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

/// Enqueues the event about `Knock: Intent Score` of a contact, if it was `previous` and changed. Anonymous leads are
/// left out: no other system can know them.
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
    let cause = if previous.is_none() { Cause::Known } else { Cause::Score };
    changed(ledger, lead.id, cause, now, notices)?;
    let event = Event { kind: EventType::ContactScoreChanged, lead: lead.id, at: now, now };
    event.notify(ledger, notices, |_| {
        Ok(ContactScoreChanged { contact: person(lead.id, Some(lead)), score: lead.history.bucket, previous })
    })
}

/// Enqueues the event about an intent type, if it changed.
pub(in crate::commands) fn type_changed(
    ledger: &mut dyn Ledger,
    change: &IntentTypeChange,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let IntentTypeChange { lead, previous, intent_type, why } = *change;
    if previous == intent_type {
        return Ok(());
    }
    let event = Event { kind: EventType::ContactTypeChanged, lead, at: now, now };
    event.notify(ledger, notices, |ledger| {
        let contact = person(lead, ledger.lead(lead)?.as_ref());
        Ok(ContactTypeChanged { contact, intent_type, previous, why: why.map(Word::from).unwrap_or_default() })
    })
}
