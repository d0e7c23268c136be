//! What is known of a lead when its chat is routed (RO-10..RO-19).

use super::ChatToRoute;
use super::attribution::attribution;
use knock_intent::{Relation, funnel_stage, score};
use knock_model::{Category, Email, MailKind, Millis, SessionId};
use knock_ports::{Client, Conversation, Lead, Ledger, PageView, StoreError};
use knock_routing::{Field, LeadFields, Link, Value};
use knock_status::chat::Event;
use std::collections::BTreeSet;

/// Page views of one visit, and of a browser since it first came, that are looked at.
const MOST_VIEWS: u32 = 500;

/// The fields of the lead of a chat.
pub(super) fn fields(
    ledger: &mut dyn Ledger,
    chat: &ChatToRoute<'_>,
    link: Option<&Link>,
) -> Result<LeadFields, StoreError> {
    let mut fields = Fields(LeadFields::default());
    let sessions = sessions(ledger, chat.conversation, chat.now)?;
    let visit = visit(ledger, chat.conversation, chat.now)?;
    fields.session(chat.conversation, &visit, chat.now);
    fields
        .set("session.is_returning", Value::Bool(sessions.iter().any(|session| *session != chat.conversation.session)));
    for (name, value) in attribution(first_touch(ledger, chat.conversation)?.as_ref(), link) {
        fields.text(name, &value);
    }
    fields.text("intent.type", chat.intent_type.as_str());
    if let Some(lead) = ledger.lead(chat.conversation.lead)? {
        fields.intent(&lead, chat.now);
        fields.person(&lead);
        let facts = ledger.chat_facts(lead.id)?;
        let relation = Relation {
            has_open_deal: facts.iter().any(|fact| fact.what == Event::DealOpened),
            was_known_before: lead.email.is_some() && sessions.len() > 1,
            ..Relation::default()
        };
        fields.text("signals.funnel_stage", funnel_stage(relation).as_str());
        if let Some(account) = lead.account.map(|id| ledger.account(id)).transpose()?.flatten() {
            fields.text("company.domain", &account.domain);
        }
    }
    Ok(fields.0)
}

/// The page views of the visit so far.
fn visit(ledger: &mut dyn Ledger, conversation: &Conversation, now: Millis) -> Result<Vec<PageView>, StoreError> {
    let Conversation { site, visitor, session, .. } = conversation;
    ledger.views_of_visit(*site, *visitor, *session, now + Millis(1), MOST_VIEWS)
}

/// The visits of the lead's browser so far: its first ones.
fn sessions(
    ledger: &mut dyn Ledger,
    conversation: &Conversation,
    now: Millis,
) -> Result<BTreeSet<SessionId>, StoreError> {
    let until = now + Millis(1);
    let views = ledger.page_views(conversation.site, conversation.visitor, Millis(0), until, MOST_VIEWS)?;
    Ok(views.into_iter().map(|view| view.session).collect())
}

/// The first page view of the person, in whichever browser it was; it stays the first.
fn first_touch(ledger: &mut dyn Ledger, conversation: &Conversation) -> Result<Option<PageView>, StoreError> {
    let mut first: Option<PageView> = None;
    for (span, to) in ledger.spans_of_lead(conversation.lead)? {
        let view = ledger.page_views(span.site, span.visitor, span.from_at, to, 1)?.into_iter().next();
        first = first.into_iter().chain(view).min_by_key(|view| view.at);
    }
    Ok(first)
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
