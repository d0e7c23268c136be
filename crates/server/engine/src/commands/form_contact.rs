//! Leads by form: a form with an address is work for the team (7.4), routed as a chat by the launcher is (IU-08).

use super::chat::{ChatFlow, RoutingBasis};
use crate::changes::Changes;
use crate::first_touch::keep_first_touch;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::recipient::recipient;
use knock_agent::Language;
use knock_model::{ConversationId, LeadId, Millis, SignalId, SignalType};
use knock_ports::{Batch, Conversation, Lead, Ledger, NewSignal, Span, StoreError, WEBSITE, span_at};
use knock_routing::Utm;
use knock_status::chat::Event;

/// Stores the forms of this batch with which leads gave their address, and routes the leads by the rule of the launcher's
/// link.
pub(super) fn route_forms(
    ledger: &mut dyn Ledger,
    new: Batch<'_>,
    spans: &[Span],
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    // The address comes right after the form, in the same batch or in the next.
    let is_one = |signal: &&NewSignal| matches!(signal.kind, SignalType::FormSubmit | SignalType::Identify);
    for signal in new.signals.iter().filter(is_one) {
        let span = &spans[span_at(spans, signal.at)];
        let Some(lead) = span.lead else { continue };
        // A form that another person of this browser sent before does not count.
        let Some(form) = ledger.form_with_address(span, signal.session, signal.at)? else { continue };
        let Some(lead) = ledger.lead(lead)?.filter(|lead| lead.email.is_some() && !lead.is_spam) else { continue };
        take(ledger, new, (form, signal), &lead, now, changes)?;
    }
    Ok(())
}

/// Stores one form of a lead and routes them, unless it is stored.
fn take(
    ledger: &mut dyn Ledger,
    new: Batch<'_>,
    (form, signal): (SignalId, &NewSignal),
    lead: &Lead,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut flow = ChatFlow::load(ledger, lead.id, now)?;
    let [fact, decision] = ids(form, lead.id);
    if flow.has(fact) {
        return Ok(());
    }
    let conversation = conversation(ledger, new, signal, lead, fact)?;
    flow.add(fact, form_sent(ledger, new, form)?);
    let basis = RoutingBasis::load(ledger, &conversation, now)?;
    flow.route_form(&basis, decision)?;
    flow.settle();
    flow.apply(ledger, changes)?;
    let (site, conversation) = (new.site, conversation.id);
    changes.happened(now, Happened::FormSent { lead: lead.id, conversation, site, fact });
    changes.push(Notice::Lead(lead.id));
    Ok(())
}

/// Returns the ids of the fact of a form and of the decision about it. Two addresses given within seconds of one form make
/// two leads, each with their own.
fn ids(form: SignalId, lead: LeadId) -> [SignalId; 2] {
    [0x3c, 0].map(|turned| {
        let mut own = [0; 10];
        for (byte, (form, lead)) in own.iter_mut().zip(form.as_bytes()[6..].iter().zip(&lead.as_bytes()[6..])) {
            *byte = form ^ lead;
        }
        own[9] ^= turned;
        SignalId::new(form.at(), &own)
    })
}

fn form_sent(ledger: &dyn Ledger, new: Batch<'_>, form: SignalId) -> Result<Event, StoreError> {
    let signal = ledger.signal(new.site, new.visitor, form)?;
    let detail = signal.map(|stored| stored.signal.detail.read()).unwrap_or_default();
    let name = if detail.form.is_empty() { detail.name } else { detail.form };
    Ok(Event::FormSent { form: name, page: detail.url, fields: detail.fields })
}

/// The conversation in which the team answers: the newest of the lead, if it reaches them or is open in the browser that
/// sent the form; else a new one, which nothing but a mail opens.
fn conversation(
    ledger: &mut dyn Ledger,
    new: Batch<'_>,
    signal: &NewSignal,
    lead: &Lead,
    id: SignalId,
) -> Result<Conversation, StoreError> {
    if let Some(mut newest) = ledger.conversations_of_lead(lead.id)?.into_iter().next() {
        let messages = ledger.messages_after(newest.id, 0)?;
        if recipient(ledger, &newest, &messages, lead)? == lead.email {
            return Ok(newest);
        }
        // Only this browser knows the session, so the address is of who chats.
        let is_same = (newest.site, newest.visitor, newest.session) == (new.site, new.visitor, signal.session);
        if let Some(email) = lead.email.as_ref().filter(|_| is_same) {
            ledger.set_identified(newest.id, email)?;
            newest.identified = lead.email.clone();
            return Ok(newest);
        }
    }
    let conversation = Conversation {
        id: ConversationId::new(*id.as_bytes()),
        lead: lead.id,
        site: new.site,
        visitor: new.visitor,
        session: signal.session,
        link: WEBSITE.to_owned(),
        opened_at: signal.received_at,
        secret: None,
        language: Language::En,
        utm: Utm::default(),
        identified: lead.email.clone(),
        time_zone: String::new(),
    };
    ledger.create_conversation(&conversation)?;
    keep_first_touch(ledger, lead.id)?;
    Ok(conversation)
}
