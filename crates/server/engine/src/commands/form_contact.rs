//! Contacts by a form with an address: each gets an owner by routing, as a chat by the launcher does (IU-08).

use super::chat::{ChatFlow, RoutingBasis};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_agent::Language;
use knock_model::{ConversationId, LeadId, Millis, SignalId, SignalType};
use knock_ports::{Batch, Conversation, Ledger, NewSignal, Span, StoreError, WEBSITE, span_at};
use knock_routing::Utm;

/// Routes the leads who gave their address in a form of this batch, by the rule of the launcher's link. A lead with a
/// chat or an earlier decision is not routed again.
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
        let form = ledger.form_with_address(span, signal.session, signal.at)?;
        let (Some(id), true) = (form, is_to_route(ledger, lead)?) else { continue };
        let mut flow = ChatFlow::load(ledger, lead, now)?;
        let basis = RoutingBasis::load(ledger, &as_if_chatting(new, signal, lead), now)?;
        flow.route_form(&basis, decision_id(id, lead))?;
        flow.apply(ledger, changes)?;
        changes.push(Notice::Lead(lead));
    }
    Ok(())
}

/// Returns the id of the decision about a contact by a form. Two addresses given within seconds of one form make two
/// contacts, each with its own decision.
fn decision_id(form: SignalId, lead: LeadId) -> SignalId {
    let mut own = [0; 10];
    for (byte, (form, lead)) in own.iter_mut().zip(form.as_bytes()[6..].iter().zip(&lead.as_bytes()[6..])) {
        *byte = form ^ lead;
    }
    SignalId::new(form.at(), &own)
}

fn is_to_route(ledger: &dyn Ledger, lead: LeadId) -> Result<bool, StoreError> {
    let is_named = ledger.lead(lead)?.is_some_and(|lead| lead.email.is_some() && !lead.is_spam);
    Ok(is_named && ledger.last_decision(lead)?.is_none() && ledger.conversations_of_lead(lead)?.is_empty())
}

/// A conversation as routing expects it, with a session and a link. It is not stored.
fn as_if_chatting(batch: Batch<'_>, signal: &NewSignal, lead: LeadId) -> Conversation {
    Conversation {
        id: ConversationId::from_bytes(*signal.id.as_bytes()),
        lead,
        site: batch.site,
        visitor: batch.visitor,
        session: signal.session,
        link: WEBSITE.to_owned(),
        opened_at: signal.at,
        secret: None,
        language: Language::En,
        utm: Utm::default(),
        identified: None,
        time_zone: String::new(),
    }
}
