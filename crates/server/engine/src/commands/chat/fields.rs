//! What is known of a lead when its chat is routed (RO-10..RO-19).

use super::basis::RoutingBasis;
use super::flow::ChatFlow;
use knock_intent::{Relation, funnel_stage, score};
use knock_model::{Category, Email, MailKind, Millis};
use knock_ports::{Client, Conversation, Lead, PageView};
use knock_routing::{Field, LeadFields, PageSeen, Value, attribution};
use knock_status::chat::Event;

/// The fields of the lead of a chat.
pub(super) fn fields(flow: &ChatFlow, basis: &RoutingBasis) -> LeadFields {
    let mut fields = Fields(LeadFields::default());
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

struct Fields(LeadFields);

impl Fields {
    fn set(&mut self, name: &str, value: Value) {
        if let Ok(field) = Field::parse(name) {
            self.0.set(&field, value);
        }
    }

    /// Nothing known is a missing field, never an empty one.
    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.set(name, Value::text(text));
        }
    }

    fn session(&mut self, conversation: &Conversation, visit: &[PageView], now: Millis) {
        let first = visit.first().map_or(conversation.opened_at, |view| view.at);
        self.set("session.page_count", Value::Number(visit.len() as f64));
        self.set("session.seconds_on_site", Value::Number(((now - first).0 / 1_000) as f64));
        self.text("session.landing_page", visit.first().map_or("", |view| &view.url));
        if let Some(client) = visit.iter().find_map(|view| view.client.as_ref()) {
            self.client(client);
        }
    }

    fn client(&mut self, client: &Client) {
        let Client { device, os, browser, language, country, city } = client;
        self.text("session.device", device);
        self.text("session.os", os);
        self.text("session.browser", browser);
        self.text("session.language", language);
        self.text("session.country", country);
        self.text("session.city", city);
    }

    fn intent(&mut self, lead: &Lead, now: Millis) {
        let evidence = &lead.history.evidence;
        let scored = score(evidence, now);
        let categories = Category::ALL.iter().filter(|category| scored.has_evidence(**category));
        let categories = categories.map(|category| Value::text(category.as_str())).collect();
        self.text("intent.score", scored.bucket.as_str());
        self.set("signals.engagement_score", Value::Number(scored.engagement.into()));
        self.set("signals.categories", Value::List(categories));
    }

    fn person(&mut self, lead: &Lead) {
        let Some(email) = &lead.email else { return };
        let kind = MailKind::of(email.domain());
        self.text("email", &Email::to_text(email));
        self.set("email.is_free", Value::Bool(kind == MailKind::Free));
        self.set("email.is_disposable", Value::Bool(kind == MailKind::Disposable));
    }
}
