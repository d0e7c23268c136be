//! Routing fields of a lead (RO-10..RO-19).

use crate::company::{company_domain, kind_of};
use knock_intent::{funnel_stage, score};
use knock_model::{Category, Email, LeadId, MailKind, Millis, is_fake};
use knock_ports::{
    Client, Conversation, CrmKnown, EVER, Enriched, Lead, LeadCandidate, LeadRelation, Link, PageView, StoreError, Tag,
    View,
};
use knock_routing::{CrmSystem, Field, LeadFields, Value};
use std::collections::BTreeMap;

/// Whether this server has a source for a field of the catalogue; `has_locations` is whether it knows the locations of
/// addresses, `crms` the connected CRMs.
pub(crate) fn has_source(name: &str, has_locations: bool, crms: &[CrmSystem]) -> bool {
    match name {
        "session.country" | "session.city" => has_locations,
        "company.domain" | "company.name" => true,
        _ if name.starts_with("crm.") => crms.iter().any(|crm| name.split('.').nth(1) == Some(crm.as_str())),
        _ => !["company.", "person."].iter().any(|start| name.starts_with(start)),
    }
}

/// The fields of a lead while they are collected.
#[derive(Default)]
pub(crate) struct Fields(pub(crate) LeadFields);

impl Fields {
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        if let Ok(field) = Field::parse(name) {
            self.0.set(&field, value);
        }
    }

    /// An unknown value is a missing field, never an empty one.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.set(name, Value::text(text));
        }
    }

    /// Sets the fields of the session in which a conversation was opened.
    pub(crate) fn session(&mut self, conversation: &Conversation, views: &[PageView], now: Millis) {
        self.visit(views, conversation.opened_at, now);
    }

    /// Sets the fields of a session with these page views, which began at `since` if there is none.
    pub(crate) fn visit(&mut self, views: &[PageView], since: Millis, now: Millis) {
        let first = views.first().map_or(since, |view| view.at);
        self.set("session.page_count", Value::Number(views.len() as f64));
        self.set("session.seconds_on_site", Value::Number(((now - first).0 / 1_000) as f64));
        self.text("session.landing_page", views.first().map_or("", |view| &view.url));
        if let Some(client) = views.iter().find_map(|view| view.client.as_ref()) {
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

    /// Sets score, engagement and categories at an instant.
    pub(crate) fn intent(&mut self, lead: &Lead, now: Millis) {
        let evidence = &lead.history.evidence;
        let scored = score(evidence, now);
        let categories = Category::ALL.iter().filter(|category| scored.has_evidence(**category));
        let categories = categories.map(|category| Value::text(category.as_str())).collect();
        self.text("intent.score", scored.bucket.as_str());
        self.set("signals.engagement_score", Value::Number(scored.engagement.into()));
        self.set("signals.categories", Value::List(categories));
    }

    /// Adds the data of enrichment providers.
    pub(crate) fn enriched(&mut self, said: &[Enriched]) {
        for (name, value) in said.iter().flat_map(|said| said.fields.iter()) {
            self.set(name, value.clone());
        }
    }

    /// Adds the fields derived from the address of a lead, and the company that the team or the lead named: after what
    /// providers say, over which it wins.
    pub(crate) fn person(&mut self, lead: &Lead) {
        self.text("company.name", &lead.company);
        if let Some(email) = &lead.email {
            self.address(email);
        }
    }

    /// Adds the fields derived from an address.
    pub(crate) fn address(&mut self, email: &Email) {
        let kind = kind_of(email);
        self.text("email", &Email::to_text(email));
        self.set("email.is_free", Value::Bool(kind == MailKind::Free));
        self.set("email.is_disposable", Value::Bool(kind == MailKind::Disposable));
        self.set("email.is_fake", Value::Bool(is_fake(email)));
    }

    /// Adds that a member said of the address: it is no spam.
    pub(crate) fn pardoned_address(&mut self) {
        self.set("email.is_disposable", Value::Bool(false));
        self.set("email.is_fake", Value::Bool(false));
    }
}

/// The names of the tags that a lead has, as a value.
pub(crate) fn tag_names(view: &(impl View + ?Sized), lead: LeadId, all: &[Tag]) -> Result<Value, StoreError> {
    let set = view.tags_of(lead)?;
    let names = all.iter().filter(|tag| set.iter().any(|one| one.tag == tag.id)).map(|tag| Value::text(&tag.name));
    Ok(Value::List(names.collect()))
}

/// The data of enrichment providers about a person, their company first. Without a configured provider it is empty:
/// rules use no data that the team no longer wants.
pub(crate) fn enriched(view: &dyn View, lead: &Lead) -> Result<Vec<Enriched>, StoreError> {
    let mut said = enriched_by_provider(view, lead)?;
    said.extend(crm_known(view, lead)?.into_iter().map(|(system, known)| Enriched {
        fields: known.fields,
        source: system.label().into(),
        at: known.at,
    }));
    Ok(said)
}

/// The results of the look-ups of a person in the connected CRMs.
pub(crate) fn crm_known(view: &dyn View, lead: &Lead) -> Result<Vec<(CrmSystem, CrmKnown)>, StoreError> {
    let mut found = Vec::new();
    for system in connected_crms(view)? {
        found.extend(view.crm_known(system, lead.id)?.map(|known| (system, known)));
    }
    Ok(found)
}

/// What CRMs, a deal and earlier sessions say of a person now.
pub(crate) fn relation_with(view: &dyn View, lead: &Lead) -> Result<LeadRelation, StoreError> {
    let has_deal = view.chat_summary(lead.id)?.is_some_and(|chat| chat.deal_at.is_some());
    let has_earlier_session = lead.email.is_some() && view.has_earlier_session(lead.id, EVER)?;
    Ok(LeadRelation { crm: crm_known(view, lead)?, has_deal, has_earlier_session })
}

/// The CRMs that are connected and whose sync is on.
pub(crate) fn connected_crms(view: &dyn View) -> Result<Vec<CrmSystem>, StoreError> {
    let syncs = view.crm_syncs()?.into_iter();
    Ok(syncs.filter(|(_, sync)| sync.is_on && sync.connection.is_some()).map(|(system, _)| system).collect())
}

fn enriched_by_provider(view: &dyn View, lead: &Lead) -> Result<Vec<Enriched>, StoreError> {
    if view.enrichment_provider()?.is_none() {
        return Ok(Vec::new());
    }
    let company = lead.account.map(|account| view.company_enrichment(account)).transpose()?.flatten();
    Ok(company.into_iter().chain(view.person_enrichment(lead.id)?).collect())
}

/// Returns the enrichment of the person with an address; for an unknown address, that of its company.
pub(crate) fn enriched_of(view: &dyn View, email: &Email) -> Result<Vec<Enriched>, StoreError> {
    if let Some(lead) = view.lead_by_email(email)? {
        return enriched(view, &lead);
    }
    let Some(domain) = company_domain(email) else { return Ok(Vec::new()) };
    if view.enrichment_provider()?.is_none() {
        return Ok(Vec::new());
    }
    let company = view.account_of_domain(domain)?.map(|account| view.company_enrichment(account)).transpose()?;
    Ok(company.flatten().into_iter().collect())
}

/// Converts a link for routing.
pub(crate) fn link(link: Link) -> knock_routing::Link {
    let calendar = link.owner.map(|rep| rep.to_string());
    knock_routing::Link { id: link.slug, funnel: link.funnel, channel: link.channel, rule: link.rule, calendar }
}

/// Returns the routing fields of a person now. Those of a session and of a link are those of their last routing
/// decision, and without the relation of the candidate also what CRMs say and the funnel stage.
pub(crate) fn routing_fields(
    candidate: &LeadCandidate,
    links: &BTreeMap<String, knock_routing::Link>,
    now: Millis,
) -> LeadFields {
    let LeadCandidate { lead, domain, intent_type, routed_by, enriched, relation } = candidate;
    let (routed_by, link) = routed_by.clone().unwrap_or_default();
    let mut fields = match relation {
        Some(relation) => related(&routed_by, relation),
        None => Fields(routed_by),
    };
    if let Some(link) = links.get(&link) {
        fields.text("link.id", &link.id);
        fields.text("link.channel", &link.channel);
        fields.text("link.funnel", link.funnel.as_str());
    }
    for (name, value) in enriched.iter().flatten().flat_map(LeadFields::iter) {
        fields.set(name, value.clone());
    }
    for (name, value) in lead.first_touch.fields() {
        fields.text(&name, value);
    }
    fields.text("intent.type", intent_type.as_str());
    fields.intent(lead, now);
    fields.person(lead);
    fields.text("company.domain", domain);
    fields.0
}

/// The fields of the last decision, with what CRMs say now in place of what they said then, and the stage that follows.
fn related(routed_by: &LeadFields, relation: &LeadRelation) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in routed_by.iter().filter(|(name, _)| !name.starts_with("crm.")) {
        fields.set(name, value.clone());
    }
    for (name, value) in relation.crm.iter().flat_map(|(_, known)| known.fields.iter()) {
        fields.set(name, value.clone());
    }
    let stage = funnel_stage(crate::funnel::relation(&relation.crm, relation.has_deal, relation.has_earlier_session));
    fields.text("signals.funnel_stage", stage.as_str());
    fields
}
