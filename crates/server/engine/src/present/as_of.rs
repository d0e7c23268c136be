//! Past state at an instant, computed from the facts that had arrived by then.
//!
//! The present is shown from stored rows; the past is not stored, so it is computed from the facts by the same rules.
//! The person of a browser and the company of a person are always those known today.

use super::Presenter;
use crate::contact_details::describe;
use crate::sum;
use knock_intent::Change;
use knock_model::{AccountId, ConversationId, IntentType, LeadId, Millis};
use knock_ports::{
    Account, ChatFact, Conversation, Decided, EVER, InternalNote, Lead, Message, MessageAuthor, StoreError,
    TypeDecided, View,
};
use knock_status::chat::derive;
use std::cmp::Reverse;

impl<'v> Presenter<'v> {
    /// Returns a presenter of `view` as of `at`, which is past.
    ///
    /// # Errors
    /// When the database fails.
    pub fn as_of(view: &'v dyn View, at: Millis) -> Result<Presenter<'v>, StoreError> {
        Ok(Presenter { arrived_by: at, ..Presenter::new(view, at)? })
    }
}

impl Presenter<'_> {
    /// Returns a person; none if no fact about them had arrived.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lead(&self, id: LeadId) -> Result<Option<Lead>, StoreError> {
        let Some(lead) = self.view.lead(id)? else { return Ok(None) };
        if self.is_live() { Ok(Some(lead)) } else { Ok(self.past(lead)?.map(|(lead, _)| lead)) }
    }

    /// Returns a company; none if no fact about its persons had arrived.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let Some(mut account) = self.view.account(id)? else { return Ok(None) };
        if !self.is_live() {
            let leads = self.past_leads(id)?;
            if leads.is_empty() {
                return Ok(None);
            }
            sum::company(&mut account, &leads, self.now);
        }
        Ok(Some(account))
    }

    /// Returns a conversation; none if it was not open yet.
    pub(super) fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        let conversation = self.view.conversation(id)?;
        Ok(conversation.filter(|conversation| conversation.opened_at <= self.arrived_by))
    }

    /// Returns the messages of a conversation, in order.
    pub(super) fn messages(&self, conversation: ConversationId) -> Result<Vec<Message>, StoreError> {
        let mut messages = self.view.messages_after(conversation, 0)?;
        messages.retain(|message| message.at <= self.arrived_by);
        Ok(messages)
    }

    /// Returns the internal notes of a conversation, oldest first.
    pub(super) fn notes(&self, conversation: ConversationId) -> Result<Vec<InternalNote>, StoreError> {
        let mut notes = self.view.notes_of(conversation)?;
        notes.retain(|note| note.at <= self.arrived_by);
        Ok(notes)
    }

    pub(super) fn last_message(&self, conversation: ConversationId) -> Result<Option<Message>, StoreError> {
        if self.is_live() {
            return self.view.last_message(conversation);
        }
        Ok(self.messages(conversation)?.pop())
    }

    /// The number of messages of the lead in a conversation.
    pub(super) fn lead_messages(&self, conversation: ConversationId) -> Result<u32, StoreError> {
        if self.is_live() {
            return self.view.lead_messages(conversation);
        }
        let messages = self.messages(conversation)?;
        let count = messages.iter().filter(|message| message.author == MessageAuthor::Lead).count();
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Returns the facts of a person's chat, in order of delivery.
    pub(super) fn chat_facts(&self, lead: LeadId) -> Result<Vec<ChatFact>, StoreError> {
        let mut facts = self.view.chat_facts(lead)?;
        facts.retain(|fact| fact.received_at <= self.arrived_by);
        Ok(facts)
    }

    /// The changes of a person's bucket, oldest first.
    pub(super) fn changes(&self, lead: &Lead) -> Result<Vec<Change>, StoreError> {
        if self.is_live() {
            return self.view.changes(lead.id);
        }
        Ok(self.past(lead.clone())?.map(|(_, changes)| changes).unwrap_or_default())
    }

    /// Returns the persons of a company, last seen first.
    pub(super) fn contacts_of(&self, account: AccountId, limit: u32) -> Result<Vec<Lead>, StoreError> {
        if self.is_live() {
            return self.view.contacts_of(account, limit);
        }
        let mut leads = self.past_leads(account)?;
        leads.retain(|lead| !lead.is_spam);
        leads.sort_by_key(|lead| Reverse((lead.last_seen_at, *lead.id.as_bytes())));
        leads.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(leads)
    }

    /// Returns the routing decisions about a person, oldest first.
    pub(super) fn decisions_of(&self, lead: LeadId) -> Result<Vec<Decided>, StoreError> {
        let mut decisions = self.view.decisions_of(lead)?;
        decisions.retain(|decided| decided.at <= self.arrived_by);
        Ok(decisions)
    }

    /// The decisions about a person's intent type, oldest first.
    pub(super) fn type_decisions(&self, lead: LeadId) -> Result<Vec<TypeDecided>, StoreError> {
        let mut types = self.view.type_decisions(lead)?;
        types.retain(|decided| decided.at <= self.arrived_by);
        Ok(types)
    }

    /// Returns `Knock: Intent Type`.
    pub(super) fn intent_type(&self, lead: LeadId) -> Result<IntentType, StoreError> {
        if self.is_live() {
            return Ok(self.view.chat_summary(lead)?.map_or(IntentType::Unknown, |chat| chat.intent_type));
        }
        Ok(self.type_decisions(lead)?.last().map_or(IntentType::Unknown, |decided| decided.kind))
    }

    /// Whether a lead sent a form and has not chatted: their type is that of the mix of their actions (7.4).
    pub(super) fn is_by_form(&self, lead: LeadId) -> Result<bool, StoreError> {
        if self.is_live() {
            return Ok(self.view.chat_summary(lead)?.is_some_and(|chat| chat.status.is_none()));
        }
        let chat = derive(&self.chat_facts(lead)?, self.now);
        Ok(chat.folder.is_some() && chat.status.is_none())
    }

    /// Whether the present is shown, from the stored rows.
    pub(super) const fn is_live(&self) -> bool {
        self.arrived_by.0 == EVER.0
    }

    /// Returns all persons of a company with a fact that had arrived.
    pub(super) fn past_leads(&self, account: AccountId) -> Result<Vec<Lead>, StoreError> {
        let mut leads = Vec::new();
        for lead in self.view.everybody_of(account)? {
            leads.extend(self.past(lead)?.map(|(lead, _)| lead));
        }
        Ok(leads)
    }

    fn past(&self, mut lead: Lead) -> Result<Option<(Lead, Vec<Change>)>, StoreError> {
        let signals = self.view.signals_of(lead.id, self.arrived_by)?;
        let past = self.view.past_of(lead.id)?;
        if signals.is_empty() && past.seen.is_none() {
            return Ok(None);
        }
        let changes = sum::person(&mut lead, past, &signals, self.now);
        describe(self.view, &mut lead, self.arrived_by)?;
        lead.is_spam = derive(&self.chat_facts(lead.id)?, self.now).is_spam || self.is_meeting_spam(lead.id)?;
        Ok(Some((lead, changes)))
    }
}
