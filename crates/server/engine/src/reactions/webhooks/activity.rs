//! Events about what a known person did on the pages: forms and clicks.

use super::about::About;
use super::event::{Event, account_of, key_of, person, shown};
use super::place::Place;
use crate::changes::Changes;
use knock_model::{ConversationId, EventType, LeadId, Millis, SignalId, SiteId};
use knock_ports::{Ledger, NewSignal, StoreError};
use knock_status::chat;
use knock_wire::{FormSubmitted, LinkClicked};

/// Enqueues the event about a form with an address.
pub(super) fn form_submitted(
    ledger: &mut dyn Ledger,
    (lead, conversation): (LeadId, ConversationId),
    (site, fact): (SiteId, SignalId),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(lead) = shown(ledger, lead)? else { return Ok(()) };
    let facts = ledger.chat_facts(lead.id)?;
    let Some(fact) = facts.iter().find(|known| known.id == fact) else { return Ok(()) };
    let chat::Event::FormSent { form, page, fields } = &fact.what else { return Ok(()) };
    let (about, place) = (About::Lead(lead.id), Place::Site(site));
    let event = Event { kind: EventType::FormSubmitted, about, place, at: fact.at, now };
    event.notify(ledger, changes, |ledger| {
        Ok(FormSubmitted {
            contact: person(lead.id, Some(&lead)),
            account: account_of(ledger, &lead)?,
            conversation,
            form: form.clone(),
            page: page.clone(),
            fields: fields.clone(),
            site: key_of(ledger, site)?,
        })
    })
}

/// Enqueues the event about a click of a known person.
pub(super) fn link_clicked(
    ledger: &mut dyn Ledger,
    (lead, site): (LeadId, SiteId),
    click: &NewSignal,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let (about, place) = (About::Lead(lead), Place::Site(site));
    let event = Event { kind: EventType::LinkClicked, about, place, at: click.at, now };
    event.notify_if(ledger, changes, |ledger| {
        let Some(lead) = shown(ledger, lead)? else { return Ok(None) };
        let detail = click.detail.read();
        Ok(Some(LinkClicked {
            contact: person(lead.id, Some(&lead)),
            account: account_of(ledger, &lead)?,
            id: click.id,
            kind: click.kind.into(),
            name: detail.name,
            text: detail.text,
            href: detail.href,
            page: detail.url,
            category: click.category,
            site: key_of(ledger, site)?,
        }))
    })
}
