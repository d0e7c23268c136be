//! The state of a company for a CRM: that of its leads together.

use crate::funnel::stage;
use crate::lead_fields::crm_known;
use knock_crm::{CompanyState, Values};
use knock_intent::{Evidence, FunnelStage, TypedContact, account_type, score};
use knock_model::{CrmSystem, IntentType, LeadId, Millis, SignalId};
use knock_ports::{CrmSync, Lead, StoreError, View};
use knock_status::chat::Event;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the values of the company whose contacts are these leads, at an instant. Leads who are spam count nowhere
/// (MS-08).
pub(super) fn values(
    view: &dyn View,
    of: (CrmSystem, &CrmSync),
    contacts: &[LeadId],
    now: Millis,
) -> Result<Values, StoreError> {
    let leads = leads(view, of, contacts)?;
    let (mut evidence, mut furthest, mut deals) = (Evidence::default(), FunnelStage::FirstSeen, BTreeSet::new());
    for lead in leads.values() {
        evidence.merge(&lead.history.evidence);
        let own = deals_with(view, lead.id)?;
        furthest = furthest.max(stage(view, lead, &crm_known(view, lead)?, !own.is_empty())?);
        deals.extend(own);
    }
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let is_scored = leads.values().any(|lead| lead.history.bucket.is_some());
    Ok(Values::of_company(&CompanyState {
        score: is_scored.then(|| score(&evidence, now).bucket),
        intent_type: intent_type(view, &leads, now)?,
        stage: furthest,
        leads: count(leads.len()),
        deals: count(deals.len()),
    }))
}

/// The leads of a company: those whose contacts belong to it, and those of their accounts whose contacts belong to none.
fn leads(
    view: &dyn View,
    (system, sync): (CrmSystem, &CrmSync),
    contacts: &[LeadId],
) -> Result<BTreeMap<LeadId, Lead>, StoreError> {
    let (mut leads, mut accounts) = (BTreeMap::new(), BTreeSet::new());
    for id in contacts {
        let Some(lead) = view.lead(*id)?.filter(|lead| !lead.is_spam) else { continue };
        accounts.extend(lead.account);
        leads.insert(lead.id, lead);
    }
    for account in accounts {
        for person in view.everybody_of(account)?.into_iter().filter(|person| !person.is_spam) {
            if leads.contains_key(&person.id) {
                continue;
            }
            let record = view.crm_record(system, person.id)?.filter(|known| known.account == sync.account());
            if record.is_none_or(|known| known.company.is_none()) {
                leads.insert(person.id, person);
            }
        }
    }
    Ok(leads)
}

/// The deals with a lead. One deal is one fact, also with several leads.
fn deals_with(view: &dyn View, lead: LeadId) -> Result<Vec<SignalId>, StoreError> {
    let facts = view.chat_facts(lead)?.into_iter();
    Ok(facts.filter(|fact| fact.what == Event::DealOpened).map(|fact| fact.id).collect())
}

/// The type of the strongest of these leads whose type is known.
fn intent_type(view: &dyn View, leads: &BTreeMap<LeadId, Lead>, now: Millis) -> Result<IntentType, StoreError> {
    let mut typed = Vec::new();
    for lead in leads.values() {
        typed.extend(view.type_decisions(lead.id)?.last().map(|decided| TypedContact {
            kind: decided.kind,
            score: score(&lead.history.evidence, now).score,
            decided_at: decided.at,
            id: lead.id,
        }));
    }
    Ok(account_type(typed))
}
