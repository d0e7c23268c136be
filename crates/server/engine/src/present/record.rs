//! Persons and companies as shown.

use super::{Presenter, rounded};
use crate::contact_details::company_name;
use crate::custom_fields::known;
use crate::first_touch::first_touch_by;
use knock_intent::{Evidence, Scored, profile, provisional_type, score};
use knock_model::{Category, ContactField, DetailSource, Email, IntentType, LeadId, Phone, display_name};
use knock_ports::{Account, ContactDetail, Conversation, CustomValue, FirstTouch, Lead, StoreError};
use knock_status::chat::derive;
use knock_wire::{
    AccountRecord, AccountRef, AccountRow, Attribution, BucketChange, CategoryPoints, ChatState, ContactRecord,
    ContactRef, ContactRow, ConversationRef, CustomField, CustomValueShown, EditedDetail, Intent, ScoreWhy, Word,
};

/// The maximum of contacts listed with their account.
const CONTACTS: u32 = 100;

impl Presenter<'_> {
    /// Returns a line of the Contacts table.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_row(&self, lead: &Lead) -> Result<ContactRow, StoreError> {
        Ok(ContactRow {
            id: lead.id,
            email: lead.email.as_ref().map(Email::to_text).unwrap_or_default(),
            display_name: self.display_name(lead)?,
            name: lead.name.to_string(),
            phone: lead.phone.as_ref().map(Phone::to_string).unwrap_or_default(),
            company: self.company_of(lead)?,
            account: self.account_ref(lead)?,
            intent: self.intent_of_lead(lead)?,
            attribution: self.attribution(lead)?,
            progress: self.progress(lead.id)?,
            signals: lead.signals,
            first_seen_at: lead.first_seen_at,
            last_seen_at: lead.last_seen_at,
            tags: self.tags_of(lead.id)?,
        })
    }

    /// Returns a line of the Accounts table.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account_row(&self, account: &Account) -> Result<AccountRow, StoreError> {
        Ok(AccountRow {
            id: account.id,
            domain: account.domain.clone(),
            contacts: account.contacts,
            intent: self.intent(&account.history.evidence, self.account_type(account.id)?),
            signals: account.signals,
            first_seen_at: account.first_seen_at,
            last_seen_at: account.last_seen_at,
        })
    }

    /// Returns the page of a person.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contact_record(&self, lead: &Lead) -> Result<ContactRecord, StoreError> {
        let changes = self.changes(lead)?.into_iter().map(|change| BucketChange {
            at: change.at,
            from: change.from,
            to: change.to,
            signal: change.cause,
        });
        let conversations = self.conversations_of(lead.id)?;
        Ok(ContactRecord {
            contact: self.contact_row(lead)?,
            trust: self.trust_of(lead)?,
            why: why(&self.scored(&lead.history.evidence)),
            changes: changes.collect(),
            visitors: self.view.visitors_of(lead.id, self.arrived_by)?,
            owner: self.owner(lead.id)?,
            funnel_stage: self.funnel_stage(lead)?.into(),
            rejected_by: self.rejected_by(lead.id)?,
            decisions: self
                .decisions_of(lead.id)?
                .iter()
                .map(|decided| self.decision(decided))
                .collect::<Result<_, _>>()?,
            custom: self.custom(lead.id)?,
            chat: self.chat_state(lead, conversations.first())?.map(Box::new),
            conversations: conversations.into_iter().map(reference).collect(),
            meetings: self.meeting_flow(lead.id)?.map(Box::new),
            summed_up: self.view.past_of(lead.id)?.signals,
            enrichment: self.enrichment(lead.account, Some(lead))?,
            edited: self.edited(lead.id)?,
            merges: self.merges(lead.id)?,
            bounces: self.bounces(lead.id)?,
            consents: self.consents(lead.id)?,
        })
    }

    /// Returns the page of a company.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account_record(&self, account: &Account) -> Result<AccountRecord, StoreError> {
        let contacts = self.contacts_of(account.id, CONTACTS)?;
        let mut summed_up = 0;
        for lead in self.view.everybody_of(account.id)? {
            summed_up += self.view.past_of(lead.id)?.signals;
        }
        Ok(AccountRecord {
            account: self.account_row(account)?,
            funnel_stage: self.funnel_stage_of(&contacts)?.into(),
            why: why(&self.scored(&account.history.evidence)),
            contacts: contacts.iter().map(|lead| self.contact_row(lead)).collect::<Result<_, _>>()?,
            summed_up,
            enrichment: self.enrichment(Some(account.id), None)?,
        })
    }

    /// The current custom fields of a person.
    fn custom(&self, lead: LeadId) -> Result<Vec<CustomValueShown>, StoreError> {
        let known = known(self.view, lead)?.into_iter().filter(|(_, stored, _)| stored.at <= self.arrived_by);
        let shown = known.map(|(CustomField { name, label, .. }, CustomValue { source, at, .. }, value)| {
            CustomValueShown { name, label, value, source, at }
        });
        Ok(shown.collect())
    }

    pub(super) fn contact_ref(&self, lead: &Lead) -> Result<ContactRef, StoreError> {
        let email = lead.email.as_ref().map(Email::to_text).unwrap_or_default();
        let phone = lead.phone.as_ref().map(Phone::to_string).unwrap_or_default();
        Ok(ContactRef { id: lead.id, email, display_name: self.display_name(lead)?, phone })
    }

    /// Returns the reference to a person; none after an erasure.
    pub(super) fn contact_ref_of(&self, id: LeadId) -> Result<Option<ContactRef>, StoreError> {
        self.view.lead(id)?.map(|lead| self.contact_ref(&lead)).transpose()
    }

    /// The display name of a person, the same everywhere.
    fn display_name(&self, lead: &Lead) -> Result<String, StoreError> {
        let is_known = lead.email.is_some() || !lead.name.is_empty();
        let first_seen_in = if is_known { None } else { self.view.first_visitor_of(lead.id)? };
        Ok(display_name(&lead.name, lead.email.as_ref(), first_seen_in))
    }

    /// The name of the company of a person; its domain where none is known.
    pub(super) fn company_of(&self, lead: &Lead) -> Result<String, StoreError> {
        let named = if lead.company.is_empty() && !self.has_provider()? {
            String::new()
        } else {
            company_name(self.view, lead, self.now)?
        };
        if named.is_empty() { Ok(self.account_ref(lead)?.map_or(named, |account| account.domain)) } else { Ok(named) }
    }

    /// Whether a provider of data is set up: data of an earlier one is shown on records alone.
    fn has_provider(&self) -> Result<bool, StoreError> {
        if let Some(known) = self.has_provider.get() {
            return Ok(*known);
        }
        let is_set_up = self.view.enrichment_provider()?.is_some();
        Ok(*self.has_provider.get_or_init(|| is_set_up))
    }

    /// The details that the team set, and that count.
    fn edited(&self, lead: LeadId) -> Result<Vec<EditedDetail>, StoreError> {
        let details = self.view.contact_details(lead)?;
        let current = ContactField::ALL.iter().filter_map(|field| {
            let detail = ContactDetail::current(&details, *field, self.arrived_by)?;
            (detail.source == DetailSource::Team).then_some(detail)
        });
        current
            .map(|ContactDetail { field, member, at, .. }| {
                let by = member.map(|member| self.rep_name(member)).transpose()?.unwrap_or_default();
                Ok(EditedDetail { field: Word::Known(*field), by, at: *at })
            })
            .collect()
    }

    fn attribution(&self, lead: &Lead) -> Result<Attribution, StoreError> {
        let computed;
        let first_touch = if self.is_live() && !lead.first_touch.is_unknown() {
            &lead.first_touch
        } else {
            computed = first_touch_by(self.view, lead.id, self.arrived_by)?;
            &computed
        };
        let shown = |name: &str| first_touch.get(name).to_owned();
        Ok(Attribution {
            channel: shown("channel"),
            source: shown("source"),
            campaign: shown("utm_campaign"),
            landing_page: shown(FirstTouch::LANDING_PAGE),
        })
    }

    /// The owner of a person: by the events of their chat, otherwise by the last decision.
    pub(super) fn owner(&self, lead: LeadId) -> Result<String, StoreError> {
        let derived = derive(&self.chat_facts(lead)?, self.now);
        if let Some(owner) = &derived.fields.rep_owner {
            return self.rep_email(owner.as_str());
        }
        let mut decisions = self.decisions_of(lead)?;
        decisions.retain(|decided| decided.decision.funnel == knock_routing::Funnel::Chat);
        self.assignee(decisions.last().and_then(|decided| decided.decision.assignee.as_ref()))
    }

    /// The Chat Status of a person; none without a chat and a form.
    fn chat_state(&self, lead: &Lead, newest: Option<&Conversation>) -> Result<Option<ChatState>, StoreError> {
        let since = newest.map_or(lead.first_seen_at, |conversation| conversation.opened_at);
        self.state(&derive(&self.chat_facts(lead.id)?, self.now), since)
    }

    /// Returns the conversations of a person, newest first.
    pub(super) fn conversations_of(&self, lead: LeadId) -> Result<Vec<Conversation>, StoreError> {
        let mut conversations = self.view.conversations_of_lead(lead)?;
        conversations.retain(|conversation| conversation.opened_at <= self.arrived_by);
        Ok(conversations)
    }

    pub(super) fn account_ref(&self, lead: &Lead) -> Result<Option<AccountRef>, StoreError> {
        let Some(id) = lead.account else { return Ok(None) };
        Ok(self.view.account(id)?.map(|account| AccountRef { id: account.id, domain: account.domain }))
    }

    /// Returns the score of some evidence now.
    pub(super) fn scored(&self, evidence: &Evidence) -> Scored {
        score(evidence, self.now)
    }

    /// Returns score and type of a person.
    pub(super) fn intent_of_lead(&self, lead: &Lead) -> Result<Intent, StoreError> {
        let (evidence, decided) = (&lead.history.evidence, self.intent_type(lead.id)?);
        let is_by_mix = decided == IntentType::Unknown && self.is_by_form(lead.id)?;
        Ok(self.intent(evidence, if is_by_mix { provisional_type(evidence, self.now) } else { decided }))
    }

    pub(super) fn intent(&self, evidence: &Evidence, kind: IntentType) -> Intent {
        let scored = self.scored(evidence);
        Intent {
            bucket: scored.bucket,
            score: rounded(scored.score, 10.0),
            kind,
            provisional_type: provisional_type(evidence, self.now),
            engagement: scored.engagement,
            at: self.now,
            next_change_at: scored.next_change_at,
        }
    }
}

fn reference(conversation: Conversation) -> ConversationRef {
    let Conversation { id, link, opened_at, .. } = conversation;
    ConversationRef { id, link, opened_at }
}

fn why(scored: &Scored) -> ScoreWhy {
    let mut categories: Vec<CategoryPoints> = Category::ALL
        .iter()
        .filter(|category| scored.has_evidence(**category))
        .map(|category| CategoryPoints {
            category: *category,
            points: rounded(scored.points[category.index()], 100.0),
            ceiling: profile(*category).ceiling,
            half_life_days: profile(*category).half_life_days,
        })
        .collect();
    categories.sort_by(|a, b| b.points.total_cmp(&a.points));
    ScoreWhy { damping: rounded(scored.damping, 10_000.0), categories }
}
