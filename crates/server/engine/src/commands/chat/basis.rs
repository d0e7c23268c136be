//! Inputs of the routing of a chat, beside the fields of its lead.

use crate::availability::{Workloads, former_owner, reps};
use crate::custom_fields::known;
use crate::lead_fields::{crm_known, enriched, link};
use crate::page_seen::OwnDomains;
use knock_model::Millis;
use knock_ports::{Account, Conversation, CrmKnown, Enriched, Journey, Lead, Member, StoreError, View};
use knock_routing::{CrmSystem, Rep, Rule, Turns, Value};

/// The rules, the team, and the activity of the lead.
pub(in crate::commands) struct RoutingBasis {
    pub(in crate::commands) conversation: Conversation,
    pub(in crate::commands) link: Option<knock_routing::Link>,
    /// The activity of the lead on the pages.
    pub(in crate::commands) journey: Journey,
    /// The domains from which no visitor is referred.
    pub(in crate::commands) own: OwnDomains,
    pub(in crate::commands) account: Option<Account>,
    /// The custom fields of the lead, by the name of the routing field.
    pub(in crate::commands) custom: Vec<(String, Value)>,
    /// The data of enrichment providers.
    pub(in crate::commands) enriched: Vec<Enriched>,
    /// The result of the CRM look-up.
    pub(in crate::commands) crm: Vec<(CrmSystem, CrmKnown)>,
    /// The CRM owner, if they are no longer a member.
    pub(in crate::commands) former_owner: Option<Rep>,
    pub(in crate::commands) rules: Vec<Rule>,
    pub(in crate::commands) members: Vec<Member>,
    /// The default region of public holidays for members who chose none.
    pub(in crate::commands) holidays: Option<String>,
    pub(in crate::commands) turns: Turns,
    pub(in crate::commands) loads: Workloads,
}

impl RoutingBasis {
    pub(in crate::commands) fn load(
        view: &dyn View,
        conversation: &Conversation,
        now: Millis,
    ) -> Result<RoutingBasis, StoreError> {
        let lead = view.lead(conversation.lead)?;
        let members = view.members()?;
        // The numbers matter only if a member has a limit.
        let is_limited = members.iter().any(|member| member.availability.capacity.is_some());
        let mut basis = RoutingBasis {
            link: view.link(&conversation.link)?.map(link),
            journey: view.journey(conversation, now + Millis(1))?,
            own: OwnDomains::load(view)?,
            enriched: lead.as_ref().map_or_else(|| Ok(Vec::new()), |lead| enriched(view, lead))?,
            crm: Vec::new(),
            former_owner: None,
            account: lead.as_ref().and_then(|lead| lead.account).map(|id| view.account(id)).transpose()?.flatten(),
            custom: known(view, conversation.lead)?
                .into_iter()
                .map(|(field, _, value)| (format!("custom.{}", field.name), value))
                .collect(),
            rules: view.rules()?,
            members,
            holidays: view.meeting_settings()?.holidays,
            turns: view.turns()?,
            loads: if is_limited { view.workloads(now)? } else { Workloads::new() },
            conversation: conversation.clone(),
        };
        basis.read_crm(view, lead.as_ref())?;
        Ok(basis)
    }

    /// Reads the data of the CRMs about a person.
    pub(in crate::commands) fn read_crm(&mut self, view: &dyn View, lead: Option<&Lead>) -> Result<(), StoreError> {
        self.crm = lead.map_or_else(|| Ok(Vec::new()), |lead| crm_known(view, lead))?;
        let fields = self.crm.iter().map(|(_, known)| &known.fields).find(|fields| fields.crm_owner().is_some());
        self.former_owner = fields.map(|fields| former_owner(view, fields)).transpose()?.flatten();
        Ok(())
    }

    /// Returns the members as reps for routing, with these workloads.
    pub(in crate::commands) fn reps(&self, members: &[Member], loads: &Workloads, now: Millis) -> Vec<Rep> {
        let mut seen = reps(members, loads, self.holidays.as_deref(), now);
        seen.extend(self.former_owner.clone());
        seen
    }
}
