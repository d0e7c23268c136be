//! What is known of a lead when its chat is routed (RO-10..RO-19).

use super::basis::RoutingBasis;
use super::flow::ChatFlow;
use crate::lead_fields::Fields;
use knock_intent::{Relation, funnel_stage};
use knock_routing::{LeadFields, PageSeen, Value, attribution};
use knock_status::chat::Event;

/// The fields of the lead of a chat.
pub(super) fn fields(flow: &ChatFlow, basis: &RoutingBasis) -> LeadFields {
    let mut fields = Fields::default();
    let RoutingBasis { conversation, journey, link, account, .. } = basis;
    fields.session(conversation, &journey.visit, flow.now);
    let is_returning = journey.sessions.iter().any(|session| *session != conversation.session);
    fields.set("session.is_returning", Value::Bool(is_returning));
    let first = journey.first.as_ref().map(|view| PageSeen { url: &view.url, referrer: &view.referrer });
    for (name, value) in attribution(first, link.as_ref()) {
        fields.text(name, &value);
    }
    fields.text("intent.type", flow.intent_type().as_str());
    if let Some(lead) = &flow.record {
        fields.intent(lead, flow.now);
        fields.person(lead);
        let relation = Relation {
            has_open_deal: flow.facts.iter().any(|fact| fact.what == Event::DealOpened),
            was_known_before: lead.email.is_some() && journey.sessions.len() > 1,
            ..Relation::default()
        };
        fields.text("signals.funnel_stage", funnel_stage(relation).as_str());
        fields.text("company.domain", account.as_ref().map_or("", |account| &account.domain));
    }
    fields.0
}
