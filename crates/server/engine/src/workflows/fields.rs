//! The fields of a lead at this instant, as conditions and triggers of workflows compare them.

use super::group::Visit;
use crate::commands::stranger;
use crate::custom_fields::known;
use crate::lead_fields::{Fields, enriched, link, relation_with, routing_fields, tag_names};
use crate::page_seen::OwnDomains;
use crate::workflow_index::Index;
use knock_model::{IntentType, LeadId, Millis};
use knock_ports::{Lead, LeadCandidate, Span, StoreError, View, VisitorAct};
use knock_routing::{LeadFields, Utm, Value, attribution};
use knock_workflow::Consent;
use std::collections::BTreeMap;

/// Page views of a session that are looked at.
const VIEWS: u32 = 200;

/// The fields of a lead, with the visit that they are on. Fields that no workflow asks can be missing.
pub(super) fn fields_of(
    view: &dyn View,
    lead: &Lead,
    index: &Index,
    visit: Option<Visit>,
    now: Millis,
) -> Result<LeadFields, StoreError> {
    let chat = view.chat_summary(lead.id)?;
    let account = lead.account.filter(|_| index.asks("company.")).map(|account| view.account(account)).transpose()?;
    let asks_relation = index.asks("crm.") || index.asks("signals.funnel_stage");
    let routed_by = view.last_decision(lead.id)?.map(|decided| (without_custom(&decided.fields), decided.link));
    let mut links = BTreeMap::new();
    if let Some((_, slug)) = routed_by.as_ref().filter(|_| index.asks("link.")) {
        links.extend(view.link(slug)?.map(link).map(|link| (link.id.clone(), link)));
    }
    let candidate = LeadCandidate {
        lead: lead.clone(),
        domain: account.flatten().map(|account| account.domain).unwrap_or_default(),
        intent_type: chat.as_ref().map_or(IntentType::Unknown, |chat| chat.intent_type),
        routed_by,
        enriched: [None, None],
        relation: asks_relation.then(|| relation_with(view, lead)).transpose()?,
    };
    let mut fields = Fields(routing_fields(&candidate, &links, now));
    if index.asks("company.") || index.asks("person.") {
        fields.enriched(&enriched(view, lead)?);
        fields.person(lead);
        fields.text("company.domain", &candidate.domain);
    }
    if let Some(visit) = visit.filter(|_| index.asks("session.")) {
        visited(view, &mut fields, visit, now)?;
    }
    fields.text("chat.status", chat.as_ref().and_then(|chat| chat.status.as_deref()).unwrap_or_default());
    own(view, &mut fields, lead.id, index)?;
    Ok(fields.0)
}

/// The fields of a browser without a lead, as those of the lead that it would become.
pub(super) fn fields_of_browser(
    view: &dyn View,
    span: &Span,
    index: &Index,
    visit: Visit,
    now: Millis,
) -> Result<LeadFields, StoreError> {
    let mut lead = stranger(LeadId::new([0; 16]), now);
    lead.history.evidence = span.evidence.clone();
    let mut fields = Fields::default();
    fields.text("intent.type", IntentType::Unknown.as_str());
    fields.intent(&lead, now);
    if index.asks("session.") || index.asks("attribution.") {
        visited(view, &mut fields, visit, now)?;
    }
    Ok(fields.0)
}

/// Sets the fields of a visit and, where they are not known, of what led to it.
fn visited(view: &dyn View, fields: &mut Fields, visit: Visit, now: Millis) -> Result<(), StoreError> {
    let views = view.views_of_session(visit.site, visit.visitor, visit.session, now + Millis(1), VIEWS)?;
    fields.visit(&views, now, now);
    let has_attribution = fields.0.iter().any(|(name, _)| name.starts_with("attribution."));
    let Some(first) = views.first().filter(|_| !has_attribution) else { return Ok(()) };
    let own = OwnDomains::load(view)?;
    for (name, value) in attribution(Some(own.page_seen(&first.url, &first.referrer)), None, &Utm::default()) {
        fields.text(name, &value);
    }
    Ok(())
}

/// Sets the fields that routing does not know, or knows as they were.
fn own(view: &dyn View, fields: &mut Fields, lead: LeadId, index: &Index) -> Result<(), StoreError> {
    if index.asks("meeting.status") {
        fields.text("meeting.status", &view.meeting_lead(lead)?.map(|meeting| meeting.status).unwrap_or_default());
    }
    if index.asks("tags") {
        fields.set("tags", tag_names(view, lead, &view.tags()?)?);
    }
    if index.asks("custom.") {
        for (field, _, value) in known(view, lead)? {
            fields.set(&format!("custom.{}", field.name), value);
        }
    }
    if index.asks("consent") && has_agreed(view, lead)? {
        fields.text("consent", Consent::Granted.as_str());
    }
    Ok(())
}

/// Whether the lead agreed to the line of consent of a form.
fn has_agreed(view: &dyn View, lead: LeadId) -> Result<bool, StoreError> {
    for conversation in view.conversations_of_lead(lead)? {
        let mut facts = view.visitor_facts(conversation.id)?.into_iter();
        if facts.any(|fact| matches!(fact.what, VisitorAct::Form { consent, .. } if !consent.is_empty())) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The fields of a decision without the custom ones, which may have been taken away since.
fn without_custom(routed_by: &LeadFields) -> LeadFields {
    let mut fields = Fields::default();
    let kept = routed_by.iter().filter(|(name, _)| !name.starts_with("custom."));
    kept.for_each(|(name, value): (&str, &Value)| fields.set(name, value.clone()));
    fields.0
}
