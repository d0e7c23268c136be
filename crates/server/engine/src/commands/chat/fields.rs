//! Fields of a lead at the routing of its chat (RO-10..RO-19).

use super::basis::RoutingBasis;
use super::flow::ChatFlow;
use crate::funnel::relation;
use crate::lead_fields::Fields;
use knock_intent::funnel_stage;
use knock_model::{IntentType, Millis};
use knock_ports::Lead;
use knock_routing::{LeadFields, Value, attribution};
use knock_status::chat::Event;

pub(super) fn fields(flow: &mut ChatFlow, basis: &RoutingBasis) -> LeadFields {
    let has_open_deal = flow.facts.iter().any(|fact| fact.what == Event::DealOpened);
    let intent_type = flow.type_or_mix();
    let person = Person { record: flow.record.as_ref(), intent_type, has_open_deal };
    fields_of(&person, basis, flow.now)
}

/// The facts about a person beside their activity on the pages.
pub(in crate::commands) struct Person<'a> {
    pub(in crate::commands) record: Option<&'a Lead>,
    pub(in crate::commands) intent_type: IntentType,
    pub(in crate::commands) has_open_deal: bool,
}

/// Returns the fields of a person with the session, the link and the activity of the basis.
pub(in crate::commands) fn fields_of(person: &Person<'_>, basis: &RoutingBasis, now: Millis) -> LeadFields {
    let mut fields = Fields::default();
    let RoutingBasis { conversation, journey, link, account, enriched, own, .. } = basis;
    fields.session(conversation, &journey.views, now);
    let is_returning = journey.sessions.iter().any(|session| *session != conversation.session);
    fields.set("session.is_returning", Value::Bool(is_returning));
    let first = journey.first.as_ref().map(|view| own.page_seen(&view.url, &view.referrer));
    for (name, value) in attribution(first, link.as_ref(), &conversation.utm) {
        fields.text(name, &value);
    }
    for (name, value) in &basis.custom {
        fields.set(name, value.clone());
    }
    fields.text("intent.type", person.intent_type.as_str());
    fields.enriched(enriched);
    if let Some(lead) = person.record {
        fields.intent(lead, now);
        fields.person(lead);
        let was_known_before = lead.email.is_some() && journey.sessions.len() > 1;
        let stage = funnel_stage(relation(&basis.crm, person.has_open_deal, was_known_before));
        fields.text("signals.funnel_stage", stage.as_str());
        fields.text("company.domain", account.as_ref().map_or("", |account| &account.domain));
    }
    fields.0
}
