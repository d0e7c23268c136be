//! Events about single facts: a contact was created, a message was written, a chat was assigned.

use super::about::About;
use super::event::{Event, address_of, person};
use super::place::Place;
use crate::changes::Changes;
use crate::happened::Assigned;
use knock_model::{ConversationId, EventType, LeadId, Millis};
use knock_ports::{Ledger, Message, MessageAuthor, MessageFile, StoreError, View};
use knock_wire::{ASSIGNED_BY_MEMBER, Author, ChatAssigned, ContactCreated, EventFile, MessageCreated, Word};

/// Enqueues the event about a person's new record.
pub(super) fn contact_created(
    ledger: &mut dyn Ledger,
    (lead, at): (LeadId, Millis),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let (about, place) = (About::Lead(lead), Place::Seen);
    let event = Event { kind: EventType::ContactCreated, about, place, at, now };
    event.notify(ledger, changes, |ledger| Ok(ContactCreated { contact: person(lead, ledger.lead(lead)?.as_ref()) }))
}

/// Enqueues the event about a message stored in a conversation with a lead. What spam wrote is none: the lead is hidden.
pub(super) fn message_created(
    ledger: &mut dyn Ledger,
    (lead, conversation): (LeadId, ConversationId),
    message: &Message,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let writer = ledger.lead(lead)?;
    if writer.as_ref().is_some_and(|lead| lead.is_spam) {
        return Ok(());
    }
    let (about, place) = (About::Lead(lead), place_of(ledger, Some(conversation))?);
    let event = Event { kind: EventType::MessageCreated, about, place, at: message.at, now: message.at };
    event.notify(ledger, changes, |ledger| {
        let (author, rep, integration) = match message.author {
            MessageAuthor::Lead => (Author::Lead, None, None),
            MessageAuthor::AiAgent => (Author::AiAgent, None, None),
            MessageAuthor::Rep(rep) => (Author::Rep, Some(address_of(ledger, &rep.to_string())?), None),
            MessageAuthor::Integration(id) => (Author::Rep, None, ledger.integration(id)?.map(|known| known.name)),
        };
        Ok(MessageCreated {
            contact: person(lead, writer.as_ref()),
            conversation,
            id: message.id,
            seq: message.seq,
            author,
            rep,
            integration,
            text: message.text.clone(),
            files: message.files.iter().map(event_file).collect(),
            card: message.card.map(|card| card.kind.as_str().to_owned()),
        })
    })
}

/// The site of a conversation.
fn place_of(view: &dyn View, conversation: Option<ConversationId>) -> Result<Place, StoreError> {
    let known = conversation.map(|id| view.conversation(id)).transpose()?.flatten();
    Ok(known.map_or(Place::Seen, |known| Place::Site(known.site)))
}

/// Returns a file for events, without its content, which is the team's.
fn event_file(file: &MessageFile) -> EventFile {
    EventFile { file: file.id, name: file.name.clone(), kind: file.kind.as_str().to_owned(), size: file.bytes }
}

/// Enqueues the event about an assigned chat.
pub(super) fn chat_assigned(
    ledger: &mut dyn Ledger,
    assigned: &Assigned,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Assigned { lead, conversation, at, decision, to, previous } = assigned;
    let (about, place) = (About::Lead(*lead), place_of(ledger, *conversation)?);
    let event = Event { kind: EventType::ChatAssigned, about, place, at: *at, now };
    event.notify(ledger, changes, |ledger| {
        let (rule, rule_id, segment) = decision.as_ref().map_or_else(Default::default, |decision| {
            (decision.rule_name.clone(), decision.rule.clone(), decision.segment_name.clone())
        });
        Ok(ChatAssigned {
            lead: person(*lead, ledger.lead(*lead)?.as_ref()),
            conversation: *conversation,
            assignee: address_of(ledger, to.as_str())?,
            previous: previous.as_ref().map(|owner| address_of(ledger, owner.as_str())).transpose()?,
            rule,
            rule_id,
            segment,
            reason: decision
                .as_ref()
                .map_or_else(|| Word::parse(ASSIGNED_BY_MEMBER), |decision| decision.reason.into()),
        })
    })
}
