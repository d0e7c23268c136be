//! The state of a lead for a CRM: the values of the fields, and whether the lead may be written.

use super::day::day_of;
use crate::commands::chat::ChatFlow;
use crate::commands::meeting_status::MeetingFlow;
use crate::commands::segment_templates::built_in_templates;
use crate::company::is_spam_address;
use crate::lead_fields::{enriched, link, relation_with, routing_fields};
use knock_crm::{Field, LeadFacts, LeadState, Leave, Source, Values, may_write};
use knock_model::{Email, LeadId, Millis, RepId};
use knock_ports::{CrmSync, Lead, LeadCandidate, Member, StoreError, View};
use knock_routing::Condition;
use knock_status::chat::{Derived as Chat, Fields as ChatFields};
use std::collections::BTreeMap;

/// The state of a lead for a CRM.
pub(super) struct CrmLead {
    pub(super) email: Option<Email>,
    /// The address that was refused as spam for a meeting, of a lead without an own one: a contact with it gets the
    /// Meeting Status, and nothing else is known of it.
    pub(super) refused: Option<Email>,
    /// Whether the lead may be written.
    pub(super) leave: Leave,
    pub(super) values: Values,
}

impl CrmLead {
    /// Loads the lead at an instant; none if there is no such lead.
    pub(super) fn load(
        view: &dyn View,
        sync: &CrmSync,
        id: LeadId,
        now: Millis,
    ) -> Result<Option<CrmLead>, StoreError> {
        let Some(lead) = view.lead(id)? else { return Ok(None) };
        let mut flow = ChatFlow::load(view, id, now)?;
        let chat: Chat = flow.derived().clone();
        let meetings = MeetingFlow::load(view, id, now)?;
        let meeting = meetings.derived();
        let is_connected = flow.came_by_chat() || !meetings.is_untouched();
        let refused = if lead.email.is_none() { meetings.refused_address(view)? } else { None };
        let is_refused = refused.is_some();
        let no_fields = ChatFields::default();
        let members = view.members()?;
        let names = names(&members);
        let mut values = Values::of(&LeadState {
            chat: chat.status.filter(|_| !is_refused),
            chat_fields: if is_refused { &no_fields } else { &chat.fields },
            meeting: meeting.status,
            meeting_fields: &meeting.fields,
            score: flow.bucket(),
            intent_type: flow.type_or_mix(),
            name_of: &|rep| names.get(rep).cloned().unwrap_or_else(|| rep.to_owned()),
            day_of: &|at| day_of(&members, meeting.fields.owner.as_deref(), at),
        });
        if is_refused {
            values.set(Field::IntentScore, None);
            values.set(Field::IntentType, None);
        }
        let facts = LeadFacts {
            source: if is_connected { Source::Knock } else { Source::Other },
            has_email: lead.email.is_some() || is_refused,
            has_consent: has_consent(view, id)?,
            is_accepted: is_accepted(view, sync, &lead, &flow, now)?,
            has_written: flow.lead_messages() > 0,
            has_sent_form: flow.has_form() && lead.email.as_ref().is_some_and(|email| !is_spam_address(email)),
            is_spam: lead.is_spam,
            chat: chat.status,
            meeting: meeting.status,
        };
        let leave = match may_write(&sync.rules(), &facts) {
            // It is no address to make a contact of, also once it is no spam.
            Leave::Yes { may_create } => Leave::Yes { may_create: may_create && !is_refused },
            Leave::No(why) => Leave::No(why),
        };
        Ok(Some(CrmLead { email: lead.email, refused, leave, values }))
    }
}

/// Returns the addresses of the members, by their ids in statuses.
fn names(members: &[Member]) -> BTreeMap<String, String> {
    members.iter().map(|member| (RepId::to_string(&member.id), member.email.clone())).collect()
}

/// Whether the lead gave the consent that the workspace requires: the tracker starts with it.
fn has_consent(view: &dyn View, lead: LeadId) -> Result<bool, StoreError> {
    if !view.settings()?.waits_for_consent {
        return Ok(true);
    }
    for conversation in view.conversations_of_lead(lead)? {
        if view.sequence(conversation.site, conversation.visitor, conversation.session)?.highest > 0 {
            return Ok(true);
        }
    }
    for (span, _) in view.spans_of_lead(lead)? {
        if view.was_tracked(span.site, span.visitor)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a segment of the accept-list matches the lead; without a list every lead is accepted.
fn is_accepted(view: &dyn View, sync: &CrmSync, lead: &Lead, flow: &ChatFlow, now: Millis) -> Result<bool, StoreError> {
    if sync.accept.is_empty() {
        return Ok(true);
    }
    let templates = built_in_templates().into_iter().chain(view.segment_templates()?);
    let accepted = templates.filter(|template| sync.accept.contains(&template.id));
    let conditions: Vec<Condition> = accepted.map(|template| template.when).collect();
    if conditions.is_empty() {
        return Ok(false);
    }
    let account = lead.account.map(|account| view.account(account)).transpose()?.flatten();
    let said = enriched(view, lead)?.into_iter().map(|said| said.fields);
    let mut enriched = [None, None];
    enriched.iter_mut().zip(said).for_each(|(place, said)| *place = Some(said));
    let candidate = LeadCandidate {
        lead: lead.clone(),
        domain: account.map(|account| account.domain).unwrap_or_default(),
        intent_type: flow.intent_type(),
        routed_by: view.last_decision(lead.id)?.map(|decided| (decided.fields, decided.link)),
        enriched,
        relation: Some(relation_with(view, lead)?),
    };
    let links = view.links()?.into_iter().map(link).map(|link| (link.id.clone(), link)).collect();
    let fields = routing_fields(&candidate, &links, now);
    Ok(conditions.iter().any(|condition| condition.holds(&fields, Some(now))))
}
